import { expect } from 'expect';
import type { NewIdentity } from '../ports/identity-store.js';
import { countOutcomes, createAccount, delicateTexts, newId, newUser, requestEmail } from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

const issuer = 'https://login.example.org';
const max = 5;

function newIdentity(overrides: Partial<NewIdentity> = {}): NewIdentity {
  return { id: newId(), issuer, subject: newId(), label: null, ...overrides };
}

function newEmail() {
  const email = `Jane.${newId()}@example.org`;
  return { email, emailKey: email.toLowerCase() };
}

/**
 * Runs the contract of `IdentityStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { identityStoreContract } from 'metered-chat/testing';
 *
 * identityStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function identityStoreContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe, test } = runner;
  describe(`identity store: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);
    const store = () => harness().stores.identityStore;
    const link = (userId: string, identity = newIdentity()) => store().link({ userId, identity, max });
    const account = () => createAccount(harness().stores, 0);
    const ids = async (userId: string) => (await store().identities(userId)).map(({ id }) => id);

    test('an account that is created with an identity is found by it, with a verified email', async () => {
      const [user, identity] = [newUser(7, newEmail()), newIdentity({ label: 'jane' })];
      const created = await store().createAccount(user, identity);
      expect(created).toMatchObject({ outcome: 'created', user: { id: user.id, emailVerified: true } });
      const found = await store().findAccount(identity);
      expect(found).toMatchObject({
        user: { id: user.id, email: user.email, emailVerified: true, status: 'active' },
        passwordHash: user.passwordHash,
        passwordVersion: 1,
      });
      expect(await store().identities(user.id)).toMatchObject([identity]);
      expect((await harness().stores.creditLedger.balance(user.id))?.balance).toBe(7);
    });

    test('an account without an email has no verified one', async () => {
      const [user, identity] = [newUser(0), newIdentity()];
      const created = await store().createAccount(user, identity);
      expect(created).toMatchObject({ outcome: 'created', user: { email: null, emailVerified: false } });
      expect((await store().findAccount(identity))?.user.emailVerified).toBe(false);
    });

    test('an identity is found by its issuer and subject exactly', async () => {
      const identity = newIdentity({ subject: `Abc ${newId()}` });
      await link(await account(), identity);
      expect(await store().findAccount(identity)).not.toBeNull();
      const { subject } = identity;
      for (const other of [
        { issuer, subject: subject.toLowerCase() },
        { issuer, subject: `${subject} ` },
        { issuer: `${issuer}/`, subject },
      ])
        expect(await store().findAccount(other)).toBeNull();
    });

    test('of twenty parallel first sign-ins, one creates an account', async () => {
      const identity = newIdentity();
      const outcomes = await countOutcomes(20, () =>
        store().createAccount(newUser(0), { ...identity, id: newId() }),
      );
      expect(outcomes).toEqual({ created: 1, identity_taken: 19 });
      expect(await store().findAccount(identity)).not.toBeNull();
    });

    test('nothing is created if a name or the identity is taken', async () => {
      const taken = newUser(0, newEmail());
      const first = newIdentity();
      await store().createAccount(taken, first);
      const { usernameKey, email, emailKey } = taken;
      const attempts = [
        { user: newUser(0, { usernameKey }), identity: newIdentity(), outcome: 'username_taken' },
        { user: newUser(0, { email, emailKey }), identity: newIdentity(), outcome: 'email_taken' },
        { user: newUser(0), identity: { ...first, id: newId() }, outcome: 'identity_taken' },
      ];
      for (const { user, identity, outcome } of attempts) {
        expect(await store().createAccount(user, identity)).toEqual({ outcome });
        expect(await harness().stores.userStore.findById(user.id)).toBeNull();
        if (outcome !== 'identity_taken') expect(await store().findAccount(identity)).toBeNull();
      }
    });

    test('an identity is linked to one account, and again to the same one without effect', async () => {
      const [jane, john] = [await account(), await account()];
      const identity = newIdentity();
      expect(await link(jane, identity)).toBe('linked');
      expect(await link(jane, { ...identity, id: newId() })).toBe('linked');
      expect(await link(john, { ...identity, id: newId() })).toBe('identity_taken');
      expect(await ids(jane)).toEqual([identity.id]);
      expect(await ids(john)).toEqual([]);
    });

    test('of twenty accounts that link one identity in parallel, one gets it', async () => {
      const accounts = await Promise.all(Array.from({ length: 20 }, account));
      const identity = newIdentity();
      const outcomes = await countOutcomes(20, async (index) => ({
        outcome: await link(accounts[index] ?? '', { ...identity, id: newId() }),
      }));
      expect(outcomes).toEqual({ linked: 1, identity_taken: 19 });
    });

    test('of twenty parallel links to one account, no more succeed than it may have', async () => {
      const userId = await account();
      const outcomes = await countOutcomes(20, async () => ({ outcome: await link(userId) }));
      expect(outcomes).toEqual({ linked: max, too_many: 20 - max });
      expect(await ids(userId)).toHaveLength(max);
    });

    test('nothing is linked to an account that is disabled or does not exist', async () => {
      const userId = await account();
      await harness().disable(userId);
      expect(await link(userId)).toBe('missing');
      expect(await link(newId())).toBe('missing');
      expect(await ids(userId)).toEqual([]);
    });

    test('a disabled account is found, and says so', async () => {
      const [userId, identity] = [await account(), newIdentity()];
      await link(userId, identity);
      await harness().disable(userId);
      expect((await store().findAccount(identity))?.user.status).toBe('disabled');
    });

    test('a use is recorded, with what the provider calls the person now', async () => {
      const [userId, identity] = [await account(), newIdentity({ label: 'old' })];
      await link(userId, identity);
      await harness().advance(60_000);
      await store().recordUse({ ...identity, label: 'new' });
      const [used] = await store().identities(userId);
      expect(used?.label).toBe('new');
      expect((used?.lastUsedAt.getTime() ?? 0) - (used?.createdAt.getTime() ?? 0)).toBeGreaterThanOrEqual(
        60_000,
      );
      await store().recordUse(newIdentity());
    });

    test('an empty email is filled, and verified', async () => {
      const [userId, wanted] = [await account(), newEmail()];
      expect(await store().fillEmail({ userId, ...wanted })).toBe(true);
      const { user } = (await harness().stores.userStore.findByName({ emailKey: wanted.emailKey })) ?? {};
      expect(user).toMatchObject({ id: userId, email: wanted.email, emailVerified: true });
    });

    test('an email is not filled if the account has one, has one pending, or another account has it', async () => {
      const { stores } = harness();
      const [first, second] = [await account(), await account()];
      const [taken, other] = [newEmail(), newEmail()];
      expect(await store().fillEmail({ userId: first, ...taken })).toBe(true);
      expect(await store().fillEmail({ userId: first, ...other })).toBe(false);
      expect(await store().fillEmail({ userId: second, ...taken })).toBe(false);
      await requestEmail(stores, second, newEmail().email);
      expect(await store().fillEmail({ userId: second, ...other })).toBe(false);
      expect(await store().fillEmail({ userId: newId(), ...other })).toBe(false);
      expect((await stores.userStore.findById(second))?.user.email).toBeNull();
    });

    test('of twenty accounts that get the same email in parallel, one has it', async () => {
      const accounts = await Promise.all(Array.from({ length: 20 }, account));
      const wanted = newEmail();
      const filled = await Promise.all(accounts.map((userId) => store().fillEmail({ userId, ...wanted })));
      expect(filled.filter((one) => one)).toHaveLength(1);
    });

    test('an identity is removed from its own account only, and can be linked again', async () => {
      const [jane, john] = [await account(), await account()];
      const identity = newIdentity();
      await link(jane, identity);
      const removal = { identityId: identity.id, requiredIssuers: null };
      expect(await store().remove({ userId: john, ...removal })).toBe('missing');
      expect(await store().remove({ userId: jane, ...removal })).toBe('removed');
      expect(await store().remove({ userId: jane, ...removal })).toBe('missing');
      expect(await store().findAccount(identity)).toBeNull();
      expect(await link(john, { ...identity, id: newId() })).toBe('linked');
    });

    test('the last identity of the required issuers stays', async () => {
      const userId = await account();
      const [first, second] = [newIdentity(), newIdentity({ issuer: 'https://gone.example.org' })];
      await link(userId, first);
      const remove = (identityId: string) =>
        store().remove({ userId, identityId, requiredIssuers: [issuer] });
      expect(await remove(first.id)).toBe('last');
      await link(userId, second);
      expect(await remove(first.id)).toBe('last');
      expect(await remove(second.id)).toBe('removed');
      expect(await remove(newId())).toBe('missing');
      expect(await store().remove({ userId, identityId: first.id, requiredIssuers: [] })).toBe('last');
      expect(await ids(userId)).toEqual([first.id]);
    });

    test('of parallel removals of the last two identities, one removes nothing', async () => {
      for (let round = 0; round < 10; round += 1) {
        const userId = await account();
        const both = [newIdentity(), newIdentity()];
        for (const identity of both) await link(userId, identity);
        const outcomes = await countOutcomes(2, async (index) => ({
          outcome: await store().remove({
            userId,
            identityId: both[index]?.id ?? '',
            requiredIssuers: [issuer],
          }),
        }));
        expect(outcomes).toEqual({ removed: 1, last: 1 });
        expect(await ids(userId)).toHaveLength(1);
      }
    });

    test('an erased account has no identity, and a new account can have it', async () => {
      const [user, identity] = [newUser(0), newIdentity()];
      await store().createAccount(user, identity);
      expect(await harness().stores.userStore.erase(user.id)).toBe('erased');
      expect(await store().findAccount(identity)).toBeNull();
      expect(await ids(user.id)).toEqual([]);
      const again = await store().createAccount(newUser(0), { ...identity, id: newId() });
      expect(again.outcome).toBe('created');
    });

    for (const text of delicateTexts) {
      test(`texts of a provider are stored unchanged: ${JSON.stringify(text)}`, async () => {
        const userId = await account();
        const identity = newIdentity({ subject: text + newId(), label: text });
        await link(userId, identity);
        expect(await store().identities(userId)).toMatchObject([identity]);
        expect((await store().findAccount(identity))?.user.id).toBe(userId);
      });
    }
  });
}
