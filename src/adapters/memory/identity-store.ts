import type { Identity, IdentityName } from '../../domain/identities/identity.js';
import type { Clock } from '../../ports/clock.js';
import type { IdentityStore, NewIdentity } from '../../ports/identity-store.js';
import { replaceUser } from './replace-user.js';
import { copyOf, runAtomically, type MemoryState } from './state.js';
import { createUser } from './user-store.js';

/** Identities of accounts in memory. */
export function memoryIdentityStore(state: MemoryState, clock: Pick<Clock, 'now'>): IdentityStore {
  const identitiesOf = (userId: string) => state.identities.get(userId) ?? [];
  const insert = (userId: string, { id, issuer, subject, label }: NewIdentity) => {
    const now = clock.now();
    const identity: Identity = { id, issuer, subject, label, createdAt: now, lastUsedAt: now };
    state.identities.set(userId, [...identitiesOf(userId), Object.freeze(identity)]);
  };
  return {
    findAccount: (name) =>
      runAtomically(() => {
        const stored = state.users.get(ownerOf(state, name) ?? '');
        if (stored === undefined) return null;
        const { user, passwordHash, passwordVersion } = stored;
        return { user: copyOf(user), passwordHash, passwordVersion };
      }),
    createAccount: (newUser, identity) =>
      runAtomically(() => {
        if (ownerOf(state, identity) !== null) return { outcome: 'identity_taken' };
        const created = createUser(state, clock, newUser);
        if (created.outcome !== 'created') return created;
        insert(newUser.id, identity);
        const stored = state.users.get(newUser.id);
        if (typeof stored?.user.email !== 'string') return created;
        const user = Object.freeze({ ...stored.user, emailVerified: true });
        replaceUser(state, stored, { ...stored, user });
        return { outcome: 'created', user: copyOf(user) };
      }),
    link: ({ userId, identity, max }) =>
      runAtomically(() => {
        if (state.users.get(userId)?.user.status !== 'active') return 'missing';
        const ownerId = ownerOf(state, identity);
        if (ownerId !== null) return ownerId === userId ? 'linked' : 'identity_taken';
        if (identitiesOf(userId).length >= max) return 'too_many';
        insert(userId, identity);
        return 'linked';
      }),
    recordUse: ({ label, ...name }) =>
      runAtomically(() => {
        const ownerId = ownerOf(state, name);
        if (ownerId === null) return;
        const used = identitiesOf(ownerId).map((identity) =>
          isNamed(identity, name) ? Object.freeze({ ...identity, label, lastUsedAt: clock.now() }) : identity,
        );
        state.identities.set(ownerId, used);
      }),
    fillEmail: ({ userId, email, emailKey }) =>
      runAtomically(() => {
        const stored = state.users.get(userId);
        const isPending = state.emailChanges.get(userId)?.at(-1)?.tookEffectAt === null;
        if (stored?.emailKey !== null || isPending) return false;
        if (state.userIdsByName.email.has(emailKey)) return false;
        const user = Object.freeze({ ...stored.user, email, emailVerified: true });
        replaceUser(state, stored, { ...stored, user, emailKey });
        return true;
      }),
    identities: (userId) =>
      runAtomically(() =>
        identitiesOf(userId)
          .map((identity) => ({ ...copyOf(identity), lastUsedAt: new Date(identity.lastUsedAt) }))
          .sort((left, right) => (left.id < right.id ? -1 : 1)),
      ),
    remove: ({ userId, identityId, requiredIssuers }) =>
      runAtomically(() => {
        const others = identitiesOf(userId).filter(({ id }) => id !== identityId);
        if (others.length === identitiesOf(userId).length) return 'missing';
        const keepsOne =
          requiredIssuers === null || others.some(({ issuer }) => requiredIssuers.includes(issuer));
        if (!keepsOne) return 'last';
        state.identities.set(userId, others);
        return 'removed';
      }),
  };
}

function isNamed(identity: IdentityName, { issuer, subject }: IdentityName): boolean {
  return identity.issuer === issuer && identity.subject === subject;
}

function ownerOf(state: MemoryState, name: IdentityName): string | null {
  const owner = [...state.identities].find(([, all]) => all.some((identity) => isNamed(identity, name)));
  return owner?.[0] ?? null;
}
