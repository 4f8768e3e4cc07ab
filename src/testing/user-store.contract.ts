import { expect } from 'expect';
import { maxCredits } from '../domain/ledger/entry.js';
import {
  allEntries,
  allExchanges,
  countOutcomes,
  createAccount,
  createKey,
  delicateTexts,
  expectSound,
  leaseMs,
  newDigest,
  newId,
  newPassword,
  newUser,
  openHold,
  openSession as openSessionIn,
  releaseOf,
  reserveRequest,
  settlementOf,
  wantedEmail,
} from './accounts.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `UserStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { userStoreContract } from 'metered-chat/testing';
 *
 * userStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function userStoreContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { afterAll, beforeAll, describe, test } = runner;
  describe(`user store: ${name}`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await openHarness();
    });
    afterAll(() => harness.close());

    test('an account is created with its balance and the entry of its opening grant', async () => {
      const { userStore, creditLedger } = harness.stores;
      const user = newUser(4000, { email: 'Jane@Example.org', emailKey: newId(), role: 'admin' });
      const created = await userStore.create(user);
      if (created.outcome !== 'created') throw new Error(created.outcome);
      const { createdAt, ...rest } = created.user;
      expect(createdAt).toBeInstanceOf(Date);
      expect(rest).toEqual({
        id: user.id,
        username: user.username,
        email: 'Jane@Example.org',
        emailVerified: false,
        role: 'admin',
        status: 'active',
      });
      expect(await creditLedger.balance(user.id)).toEqual({ balance: 4000, held: 0 });
      expect(await allEntries(harness.stores, user.id)).toMatchObject([
        { id: user.openingGrant.entryId, kind: 'grant', amount: 4000, balanceAfter: 4000, exchangeId: null },
      ]);
      await expectSound(harness.stores);
    });

    test('an opening grant of 0 opens an empty balance without an entry', async () => {
      const userId = await createAccount(harness.stores, 0);
      expect(await harness.stores.creditLedger.balance(userId)).toEqual({ balance: 0, held: 0 });
      expect(await allEntries(harness.stores, userId)).toEqual([]);
      const posted = await harness.stores.creditLedger.post({
        ...{ id: newId(), userId, kind: 'grant', amount: 1, reason: null },
      });
      expect(posted.outcome).toBe('posted');
    });

    test('an opening grant can be 2^53 − 1, and no more', async () => {
      const userId = await createAccount(harness.stores, maxCredits);
      expect(await harness.stores.creditLedger.balance(userId)).toEqual({ balance: maxCredits, held: 0 });
      for (const amount of [maxCredits + 1, -1]) {
        const user = newUser(amount);
        await expect(harness.stores.userStore.create(user)).rejects.toThrow();
        expect(await harness.stores.userStore.findByName({ usernameKey: user.usernameKey })).toBeNull();
      }
      await expectSound(harness.stores);
    });

    test('an account is found by its username key and its email key, and by nothing else', async () => {
      const { userStore } = harness.stores;
      const emailKey = `${newId()}@example.org`;
      const user = newUser(1, { email: emailKey.toUpperCase(), emailKey });
      const created = await userStore.create(user);
      const expected = { passwordHash: user.passwordHash, user: { id: user.id, status: 'active' } };
      expect(created).toMatchObject({ outcome: 'created', user: { id: user.id } });
      expect(await userStore.findByName({ usernameKey: user.usernameKey })).toMatchObject(expected);
      expect(await userStore.findByName({ emailKey })).toMatchObject(expected);
      expect(await userStore.findByName({ usernameKey: emailKey })).toBeNull();
      expect(await userStore.findByName({ emailKey: user.usernameKey })).toBeNull();
      expect(await userStore.findByName({ usernameKey: user.username })).toBeNull();
    });

    test('a disabled account is found, with its status', async () => {
      const user = newUser(1);
      await harness.stores.userStore.create(user);
      await harness.disable(user.id);
      expect(await harness.stores.userStore.findByName({ usernameKey: user.usernameKey })).toMatchObject({
        user: { status: 'disabled' },
      });
    });

    test('a taken username or email is rejected, and nothing of the account is stored', async () => {
      const { userStore, creditLedger } = harness.stores;
      const first = newUser(1, { email: 'a@example.org', emailKey: newId() });
      await userStore.create(first);
      const sameUsername = newUser(7, { usernameKey: first.usernameKey });
      const sameEmail = newUser(7, { email: 'a@example.org', emailKey: first.emailKey });
      expect(await userStore.create(sameUsername)).toEqual({ outcome: 'username_taken' });
      expect(await userStore.create(sameEmail)).toEqual({ outcome: 'email_taken' });
      for (const refused of [sameUsername, sameEmail]) {
        expect(await creditLedger.balance(refused.id)).toBeNull();
        expect(await allEntries(harness.stores, refused.id)).toEqual([]);
      }
      expect(await userStore.findByName({ usernameKey: sameEmail.usernameKey })).toBeNull();
      await expectSound(harness.stores);
    });

    test('any number of accounts have no email', async () => {
      const counts = await countOutcomes(10, () => harness.stores.userStore.create(newUser(1)));
      expect(counts).toEqual({ created: 10 });
    });

    test('of twenty parallel creations with one username, one succeeds', async () => {
      const usernameKey = newId();
      const users = Array.from({ length: 20 }, () => newUser(5, { usernameKey }));
      const outcomes = await Promise.all(users.map((user) => harness.stores.userStore.create(user)));
      const created = outcomes.flatMap((each) => (each.outcome === 'created' ? [each.user.id] : []));
      expect(created).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === 'username_taken')).toHaveLength(19);
      const found = await harness.stores.userStore.findByName({ usernameKey });
      expect(found?.user.id).toBe(created[0]);
      await expectSound(harness.stores);
    });

    test('of twenty parallel creations with one email, one succeeds', async () => {
      const emailKey = newId();
      const counts = await countOutcomes(20, () =>
        harness.stores.userStore.create(newUser(5, { email: 'b@example.org', emailKey })),
      );
      expect(counts).toEqual({ created: 1, email_taken: 19 });
      await expectSound(harness.stores);
    });

    test('an id cannot be stored twice', async () => {
      const user = newUser(5);
      await harness.stores.userStore.create(user);
      const sameId = newUser(5, { id: user.id });
      await expect(harness.stores.userStore.create(sameId)).rejects.toThrow();
      expect(await harness.stores.userStore.findByName(sameId)).toBeNull();
      await expectSound(harness.stores);
    });

    for (const text of delicateTexts) {
      test(`a text is stored byte for byte: ${JSON.stringify(text)}`, async () => {
        const user = newUser(1, { username: text, email: text, emailKey: `${newId()}${text}` });
        user.usernameKey += text;
        user.passwordHash = text;
        await harness.stores.userStore.create(user);
        const expected = { passwordHash: text, user: { username: text, email: text } };
        expect(await harness.stores.userStore.findByName({ usernameKey: user.usernameKey })).toMatchObject(
          expected,
        );
        expect(await harness.stores.userStore.findByName({ emailKey: user.emailKey ?? '' })).toMatchObject(
          expected,
        );
      });
    }

    test('an account is found by its id, and by no other id', async () => {
      const user = newUser(1);
      await harness.stores.userStore.create(user);
      const found = await harness.stores.userStore.findById(user.id);
      expect(found).toMatchObject({ passwordHash: user.passwordHash, user: { username: user.username } });
      expect(await harness.stores.userStore.findById(newId())).toBeNull();
    });

    test('a change of a profile changes the fields that are present, and no others', async () => {
      const { userStore } = harness.stores;
      const [user, key] = [newUser(1), newId()];
      await userStore.create(user);
      const username = { username: `New_${key}`, usernameKey: `new_${key}` };
      const changed = await userStore.changeProfile({ userId: user.id, username });
      expect(changed).toMatchObject({
        before: { username: user.username },
        user: { username: `New_${key}`, email: null },
      });
      expect(await userStore.findByName({ usernameKey: user.usernameKey })).toBeNull();
      expect(await userStore.findByName(username)).toMatchObject({ user: { id: user.id } });
      expect(await userStore.changeProfile({ userId: newId(), username })).toEqual({ outcome: 'missing' });
      const stale = {
        userId: user.id,
        passwordVersion: 2,
        username: { username: 'Late', usernameKey: newId() },
      };
      expect(await userStore.changeProfile(stale)).toEqual({ outcome: 'stale' });
      expect(await userStore.findByName(username)).toMatchObject({ user: { username: `New_${key}` } });
    });

    test('a change to a taken name changes nothing, and of twenty parallel changes to one name, one succeeds', async () => {
      const { userStore, emailChangeStore } = harness.stores;
      const owner = newUser(1, { email: 'o@example.org', emailKey: newId() });
      await userStore.create(owner);
      const ids = await Promise.all(Array.from({ length: 20 }, () => createAccount(harness.stores, 1)));
      const taken = { username: owner.username, usernameKey: owner.usernameKey };
      const [firstId = ''] = ids;
      const both = { userId: firstId, username: taken, email: wantedEmail('free@example.org') };
      expect(await userStore.changeProfile(both)).toEqual({ outcome: 'username_taken' });
      expect(await emailChangeStore.changes(firstId)).toEqual([]);
      const free = { username: 'Free', usernameKey: newId() };
      const takenEmail = { userId: firstId, username: free, email: wantedEmail(owner.emailKey) };
      expect(await userStore.changeProfile(takenEmail)).toEqual({ outcome: 'email_taken' });
      expect(await userStore.findByName(free)).toBeNull();
      const wanted = { username: 'Wanted', usernameKey: newId() };
      const counts = await countOutcomes(20, (index) =>
        userStore.changeProfile({ userId: ids[index] ?? '', username: wanted }),
      );
      expect(counts).toEqual({ changed: 1, username_taken: 19 });
    });

    const openSession = (userId: string, passwordVersion = 1) =>
      openSessionIn(harness.stores, userId, passwordVersion);

    test('a new password ends every session except the kept one', async () => {
      const { userStore, authTokenStore } = harness.stores;
      const userId = await createAccount(harness.stores, 1);
      const [kept, other] = [await openSession(userId), await openSession(userId)];
      const change = { ...newPassword(userId), keptSessionId: kept.sessionId };
      expect(await userStore.changePassword(change)).toEqual({ removedKeys: 0 });
      expect(await userStore.findById(userId)).toMatchObject({ passwordHash: 'new' });
      expect(await authTokenStore.findCaller(kept.access)).not.toBeNull();
      expect(await authTokenStore.findCaller(other.access)).toBeNull();
      await userStore.changePassword({ ...change, keptSessionId: null });
      expect(await authTokenStore.findCaller(kept.access)).toBeNull();
      expect(await userStore.changePassword({ ...change, userId: newId() })).toBeNull();
    });

    test('a new password removes every API key, unless keys are kept', async () => {
      const { userStore, apiKeyStore } = harness.stores;
      const [userId, bystanderId] = [
        await createAccount(harness.stores, 1),
        await createAccount(harness.stores, 1),
      ];
      const { sessionId } = await openSession(userId);
      const { authToken } = await createKey(harness.stores, { userId, sessionId });
      await createKey(harness.stores, { userId, sessionId });
      const bystander = await openSession(bystanderId);
      const other = await createKey(harness.stores, { userId: bystanderId, sessionId: bystander.sessionId });
      const stays = { ...newPassword(userId), keptSessionId: sessionId, keepsKeys: true };
      expect(await userStore.changePassword(stays)).toEqual({ removedKeys: 0 });
      expect(await apiKeyStore.findCaller(authToken)).not.toBeNull();
      expect(await userStore.changePassword({ ...stays, keepsKeys: false })).toEqual({ removedKeys: 2 });
      expect(await apiKeyStore.findCaller(authToken)).toBeNull();
      expect(await apiKeyStore.keys(userId)).toEqual([]);
      expect(await apiKeyStore.findCaller(other.authToken)).not.toBeNull();
    });

    test('a password is not changed by a former version of it', async () => {
      const { userStore } = harness.stores;
      const userId = await createAccount(harness.stores, 1);
      const { sessionId } = await openSession(userId);
      const { authToken } = await createKey(harness.stores, { userId, sessionId });
      const stays = { ...newPassword(userId), keptSessionId: sessionId, keepsKeys: true };
      await userStore.changePassword({ ...stays, passwordVersion: 1, passwordHash: 'second' });
      const late = { ...newPassword(userId), passwordVersion: 1, passwordHash: 'late' };
      expect(await userStore.changePassword(late)).toBeNull();
      expect(await userStore.findById(userId)).toMatchObject({ passwordHash: 'second', passwordVersion: 2 });
      expect(await harness.stores.apiKeyStore.findCaller(authToken)).not.toBeNull();
      const changes = Array.from({ length: 10 }, (_, index) => ({
        ...newPassword(userId),
        ...{ passwordVersion: 2, passwordHash: `racing ${index}` },
      }));
      const outcomes = await Promise.all(changes.map((change) => userStore.changePassword(change)));
      expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(1);
      expect(await userStore.findById(userId)).toMatchObject({ passwordVersion: 3 });
    });

    test('a key that is created in parallel with a change of the password does not work afterwards', async () => {
      const { userStore, apiKeyStore } = harness.stores;
      const userId = await createAccount(harness.stores, 1);
      for (let version = 1; version <= 20; version += 1) {
        const { sessionId } = await openSession(userId, version);
        const [created] = await Promise.all([
          createKey(harness.stores, { userId, sessionId }),
          userStore.changePassword(newPassword(userId)),
        ]);
        expect(await apiKeyStore.findCaller(created.authToken)).toBeNull();
        expect((await createKey(harness.stores, { userId, sessionId })).created).toEqual({
          outcome: 'session_ended',
        });
      }
      expect(await apiKeyStore.keys(userId)).toEqual([]);
    });

    test('the old password opens no session once there is a new one, even in parallel with the change', async () => {
      const { userStore, authTokenStore } = harness.stores;
      const userId = await createAccount(harness.stores, 1);
      const change = newPassword(userId);
      await userStore.changePassword(change);
      expect((await openSession(userId, 1)).opened).toBeNull();
      const { access, opened } = await openSession(userId, 2);
      expect(opened).not.toBeNull();
      expect(await authTokenStore.findCaller(access)).not.toBeNull();
      expect(await userStore.findById(userId)).toMatchObject({ passwordVersion: 2 });
      for (let version = 2; version < 22; version += 1) {
        const [session] = await Promise.all([openSession(userId, version), userStore.changePassword(change)]);
        expect(await authTokenStore.findCaller(session.access)).toBeNull();
      }
    });

    test('another hash of the same password is not a new password', async () => {
      const { userStore } = harness.stores;
      const user = newUser(1);
      await userStore.create(user);
      await userStore.renewPasswordHash({ userId: user.id, from: user.passwordHash, to: 'stronger' });
      expect((await openSession(user.id, 1)).opened).not.toBeNull();
    });

    test('parallel operations that end sessions do not block each other', async () => {
      const { userStore, authTokenStore } = harness.stores;
      for (let round = 0; round < 20; round += 1) {
        const userId = await createAccount(harness.stores, 1);
        const sessions = await Promise.all(Array.from({ length: 5 }, () => openSession(userId)));
        await Promise.all([
          ...sessions.map(({ sessionId }) => authTokenStore.endSession(userId, sessionId)),
          authTokenStore.endOtherSessions(userId, null),
          userStore.changePassword(newPassword(userId)),
          authTokenStore.purgeExpired(),
          round % 2 === 0 ? userStore.erase(userId) : authTokenStore.endOtherSessions(userId, newId()),
        ]);
        expect(await authTokenStore.sessions(userId)).toEqual([]);
      }
    });

    test('a new password invalidates a reset that was requested before', async () => {
      const { userStore, oneTimeTokenStore } = harness.stores;
      const user = newUser(1, { email: 'reset@example.org', emailKey: newId() });
      await userStore.create(user);
      const digest = newDigest();
      await oneTimeTokenStore.issueReset({ emailKey: user.emailKey ?? '', digest, ttlMs: 60_000 });
      const presented = { kind: 'password_reset', userId: user.id, digest } as const;
      expect(await oneTimeTokenStore.findResetOwner(presented)).not.toBeNull();
      await userStore.changePassword(newPassword(user.id));
      expect(await oneTimeTokenStore.findResetOwner(presented)).toBeNull();
    });

    test('an administrator changes every field of an account, or nothing if a name is taken', async () => {
      const { userStore, authTokenStore } = harness.stores;
      const [user, other] = [newUser(0), newUser(0)];
      await userStore.create(user);
      await userStore.create(other);
      const { access } = await openSession(user.id);
      const name = { username: `New_${user.id}`, usernameKey: `new_${user.id}` };
      const email = wantedEmail(`${user.id}@example.org`);
      const wanted = { userId: user.id, username: name, email, role: 'admin', status: 'disabled' } as const;
      const taken = { ...wanted, username: { username: other.username, usernameKey: other.usernameKey } };
      expect(await userStore.changeAccount(taken)).toEqual({ outcome: 'username_taken' });
      expect(await authTokenStore.findCaller(access)).not.toBeNull();
      const before = { username: user.username, email: null, role: 'user', status: 'active' };
      const after = { username: name.username, email: null, emailVerified: false, role: 'admin' };
      expect(await userStore.changeAccount(wanted)).toMatchObject({
        outcome: 'changed',
        before,
        user: { ...after, status: 'disabled' },
      });
      expect(await userStore.findByName(name)).toMatchObject({ user: { id: user.id } });
      expect(await userStore.findByName(user)).toBeNull();
      expect(await harness.stores.emailChangeStore.changes(user.id)).toMatchObject([
        { email: `${user.id}@example.org`, tookEffectAt: null },
      ]);
      expect(await userStore.changeAccount({ userId: newId(), role: 'user' })).toEqual({
        outcome: 'missing',
      });
    });

    test('disabling an account ends its sessions, and enabling it does not restore them', async () => {
      const { userStore, authTokenStore } = harness.stores;
      const userId = await createAccount(harness.stores, 0);
      const { access } = await openSession(userId);
      await userStore.changeAccount({ userId, status: 'disabled' });
      expect(await authTokenStore.findCaller(access)).toBeNull();
      await userStore.changeAccount({ userId, status: 'active' });
      expect(await authTokenStore.findCaller(access)).toBeNull();
      expect(await authTokenStore.sessions(userId)).toEqual([]);
    });

    test('of the last two administrators, one stays, even if both are demoted, disabled or erased in parallel', async () => {
      const { userStore, userDirectory } = harness.stores;
      const admins = {
        text: null,
        emailText: null,
        role: 'admin',
        status: 'active',
        from: null,
        to: null,
      } as const;
      const query = { ...admins, sort: 'created_at', isDescending: true } as const;
      const all = () => userDirectory.list(query, { limit: 100, before: null });
      for (const { id } of (await all()).results.slice(1)) {
        await userStore.changeAccount({ userId: id, role: 'user' });
      }
      let [last] = (await all()).results;
      if (last === undefined) {
        await userStore.create(newUser(0, { role: 'admin' }));
        [last] = (await all()).results;
      }
      let stays = last?.id ?? '';
      const demote = async (userId: string) =>
        (await userStore.changeAccount({ userId, role: 'user' })).outcome;
      const disable = async (userId: string) =>
        (await userStore.changeAccount({ userId, status: 'disabled' })).outcome;
      const erase = (userId: string): Promise<string> => userStore.erase(userId);
      const ends = [demote, disable, erase];
      for (let round = 0; round < 27; round += 1) {
        const second = newUser(0, { role: 'admin' });
        await userStore.create(second);
        const [endFirst, endSecond] = [ends[round % 3], ends[Math.floor(round / 3) % 3]];
        const outcomes = await Promise.all([endFirst?.(stays), endSecond?.(second.id)]);
        expect(outcomes.filter((outcome) => outcome === 'last_admin')).toHaveLength(1);
        const { results } = await all();
        if (outcomes[0] !== 'last_admin') stays = second.id;
        expect(results.map(({ id }) => id)).toEqual([stays]);
      }
      expect(await demote(stays)).toBe('last_admin');
      expect(await disable(stays)).toBe('last_admin');
      expect(await erase(stays)).toBe('last_admin');
      const kept = await userStore.changeAccount({ userId: stays, role: 'admin', status: 'active' });
      expect(kept.outcome).toBe('changed');
    });

    test('the origins of events of an erased administrator are blank, and those of an administrator and a service key stay', async () => {
      const { userStore, auditLog } = harness.stores;
      const [user, otherId] = [newUser(0), newId()];
      await userStore.create(user);
      const origin = { address: '192.0.2.1', userAgent: 'agent' };
      const blank = { address: null, userAgent: null };
      const event = { action: 'account_disabled', serviceKeyId: null, subjectId: null, origin } as const;
      await auditLog.record({ ...event, id: newId(), userId: otherId, actorId: user.id });
      await auditLog.record({ ...event, id: newId(), userId: user.id, actorId: otherId });
      await auditLog.record({ ...event, id: newId(), userId: user.id, actorId: null });
      await auditLog.record({ ...event, id: newId(), userId: user.id, actorId: null, serviceKeyId: newId() });
      await userStore.erase(user.id);
      const originsOf = async (userId: string) =>
        (await auditLog.events(userId, { limit: 10, before: null })).results.map((kept) => kept.origin);
      expect(await originsOf(otherId)).toEqual([blank]);
      expect(await originsOf(user.id)).toEqual([origin, blank, origin]);
    });

    test('an erased account is deleted everywhere, and its ledger stays', async () => {
      const { userStore, authTokenStore, holdLedger, creditLedger, auditLog } = harness.stores;
      const user = newUser(1000, { email: 'erased@example.org', emailKey: newId() });
      await userStore.create(user);
      const { access } = await openSession(user.id);
      const origin = { address: '192.0.2.1', userAgent: 'agent' };
      const by = { actorId: user.id, serviceKeyId: null };
      const event = { id: newId(), userId: user.id, ...by, subjectId: null, origin };
      await auditLog.record({ ...event, action: 'signed_in' });
      await holdLedger.settle(settlementOf(await openHold(harness.stores, user.id), 100));
      const partial = { reply: 'secret', toolCalls: [{ id: '1', name: 'n', arguments: '"secret' }] };
      const failed = await openHold(harness.stores, user.id);
      await holdLedger.release({ ...releaseOf(failed), partial });
      const open = await openHold(harness.stores, user.id, { message: 'secret', idempotencyKey: 'k' });
      await holdLedger.renew(open, leaseMs, partial);

      expect(await userStore.erase(user.id)).toBe('erased');

      expect(await userStore.findById(user.id)).toBeNull();
      expect(await userStore.findByName(user)).toBeNull();
      expect(await authTokenStore.findCaller(access)).toBeNull();
      expect(await holdLedger.settle(settlementOf(open, 100))).toEqual({ outcome: 'account_erased' });
      const exchanges = await allExchanges(harness.stores, user.id);
      expect(exchanges.map(({ message, reply, status }) => [message, reply, status])).toEqual([
        ['', '', 'failed'],
        ['', '', 'failed'],
        ['', '', 'completed'],
      ]);
      expect(exchanges.map(({ toolCalls }) => toolCalls)).toEqual([null, null, null]);
      expect(await holdLedger.renew(open, leaseMs, partial)).toBe(false);
      expect(await creditLedger.balance(user.id)).toEqual({ balance: 900, held: 0 });
      expect(await allEntries(harness.stores, user.id)).toHaveLength(2);
      const { results } = await auditLog.events(user.id, { limit: 10, before: null });
      expect(results.map((kept) => kept.origin)).toEqual([{ address: null, userAgent: null }]);
      expect(await userStore.erase(user.id)).toBe('missing');
      await expectSound(harness.stores);
    });

    test('nothing is spent by or granted to an erased account, and its names are free', async () => {
      const { userStore, holdLedger, creditLedger } = harness.stores;
      const user = newUser(1000, { email: 'free@example.org', emailKey: newId() });
      await userStore.create(user);
      await userStore.erase(user.id);
      expect((await holdLedger.reserve(reserveRequest(user.id))).outcome).toBe('no_such_user');
      const grant = { id: newId(), userId: user.id, kind: 'grant', amount: 1, reason: 'r' } as const;
      expect(await creditLedger.post(grant)).toEqual({ outcome: 'no_such_user' });
      const heir = newUser(1, { ...user, id: newId(), openingGrant: { entryId: newId(), amount: 1 } });
      expect((await userStore.create(heir)).outcome).toBe('created');
    });

    test('after an erasure in parallel with twenty chats, no text is left and the ledger is sound', async () => {
      const { userStore, holdLedger } = harness.stores;
      const userId = await createAccount(harness.stores, 10_000);
      await Promise.all([
        ...Array.from({ length: 10 }, () => holdLedger.reserve(reserveRequest(userId))),
        userStore.erase(userId),
        ...Array.from({ length: 10 }, () => holdLedger.reserve(reserveRequest(userId))),
      ]);
      const exchanges = await allExchanges(harness.stores, userId);
      expect(exchanges.filter(({ message, status }) => message !== '' || status === 'pending')).toEqual([]);
      await expectSound(harness.stores);
    });

    test('a returned object can be changed without changing the stored one', async () => {
      const { userStore } = harness.stores;
      const user = newUser(1);
      const created = await userStore.create(user);
      const before = await userStore.findByName({ usernameKey: user.usernameKey });
      for (const handedOut of [created, await userStore.findByName({ usernameKey: user.usernameKey })]) {
        if (handedOut === null || !('user' in handedOut)) throw new Error('No account.');
        handedOut.user.role = 'admin';
        handedOut.user.createdAt.setTime(0);
      }
      user.username = 'another';
      expect(await userStore.findByName({ usernameKey: user.usernameKey })).toEqual(before);
    });
  });
}
