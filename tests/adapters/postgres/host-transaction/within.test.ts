import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hostTransaction } from '../../../../src/adapters/postgres/host-transaction/host-transaction.js';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import { createCore, type Core } from '../../../../src/domain/core.js';
import type { TransactionUseCases } from '../../../../src/domain/transaction-use-cases.js';
import { echoModel } from '../../../../src/entrypoints/ai.js';
import { nodeAdapters } from '../../../../src/entrypoints/node.js';
import { fromPg, openPostgres } from '../../../../src/entrypoints/postgres.js';
import { expectSound } from '../../../../src/testing/accounts.js';
import { postgresTestDatabase } from '../../../setup/databases.js';
import { hosts, schema, type Host } from './hosts.js';

const caller = operatorCaller;
class Rollback extends Error {}

describe.each(Object.entries(hosts))('core.within a transaction of %s', (_, open) => {
  let host: Host;
  let core: Core;
  let userId: string;
  let count = 0;

  beforeAll(async () => {
    host = await open();
    core = createCore({
      ...nodeAdapters(),
      ...host.open.stores,
      models: [{ name: 'echo', model: echoModel() }],
      policy: { startingCredits: 1000 },
    });
  });
  afterAll(async () => {
    await expectSound(host.open.stores);
    await host.open.close();
    await host.close();
  });
  beforeEach(async () => {
    count += 1;
    ({ id: userId } = await core.users.adopt({ foreignId: `user ${count}` }));
  });

  const order = () => `insert into orders values ('order ${count}')`;
  const balance = async () => core.ledger.balance({ caller, userId });
  const grant = { caller, amount: 500, reason: 'An order of "5" credits?' };

  /** Every use case that changes something. Returns what was left. */
  async function useEverything(within: ReturnType<Core['within']>, foreignId: string): Promise<number> {
    const adopted = await within.users.adopt({ foreignId });
    const granted = {
      ...grant,
      userId: adopted.id,
      idempotencyKey: 'one',
      expiresAt: new Date(Date.now() + 60_000),
    };
    const { entry } = await within.ledger.grant(granted);
    expect(entry).toMatchObject({ amount: 500, balanceAfter: 1500, createdAt: expect.any(Date) as unknown });
    expect((await within.ledger.grant(granted)).replayed).toBe(true);
    const page = { before: null, limit: 10 };
    const lots = await within.ledger.lots({ caller, userId: adopted.id }, page);
    expect(lots.results.map(({ expiresAt }) => expiresAt?.getTime() ?? null)).toEqual([
      granted.expiresAt.getTime(),
      null,
    ]);
    const charge = { userId: adopted.id, action: 'report', details: { 'is it?': ['$1', "it's"] } };
    await within.metering.spend({ ...charge, amount: 100, units: 3, idempotencyKey: 'spent' });
    const again = await within.metering.spend({ ...charge, amount: 100, units: 3, idempotencyKey: 'spent' });
    expect(again).toMatchObject({ charged: 100, replayed: true });
    const first = await within.metering.reserve({ ...charge, amount: 300 });
    await within.metering.renew({ holdId: first.id, ttlMs: 5000 });
    expect(await within.metering.settle({ holdId: first.id, amount: 200 })).toMatchObject({ charged: 200 });
    const second = await within.metering.reserve({ ...charge, amount: 50 });
    expect(await within.metering.release({ holdId: second.id })).toMatchObject({ status: 'released' });
    const { results } = await within.ledger.entries({ caller, userId: adopted.id }, page);
    expect(results.map(({ amount }) => amount)).toEqual([-200, -100, 500, 1000]);
    expect(results[1]).toMatchObject({
      details: charge.details,
      units: 3,
      createdAt: expect.any(Date) as unknown,
    });
    return (await within.ledger.balance({ caller, userId: adopted.id })).balance;
  }

  test('every use case is committed with it', async () => {
    const foreignId = `committed ${count}`;
    const left = await host.transaction(async ({ executor, run }) => {
      await run(order());
      return useEverything(core.within(executor), foreignId);
    });
    expect(left).toBe(1200);
    const { id } = await core.users.adopt({ foreignId });
    expect(await core.ledger.balance({ caller, userId: id })).toEqual({ balance: 1200, held: 0 });
    expect(await host.orders()).toContain(`order ${count}`);
  });

  test('every use case is rolled back with it, with its events and audit log', async () => {
    const before = await core.events.counts({ caller });
    const rolledBack = host.transaction(async ({ executor, run }) => {
      await run(order());
      const within = core.within(executor);
      await useEverything(within, `rolled back ${count}`);
      await within.ledger.grant({ ...grant, userId });
      throw new Rollback();
    });
    await expect(rolledBack).rejects.toThrow(Rollback);
    expect(await balance()).toEqual({ balance: 1000, held: 0 });
    expect(await core.events.counts({ caller })).toEqual(before);
    expect(await host.orders()).not.toContain(`order ${count}`);
    const adopted = await core.users.adopt({ foreignId: `rolled back ${count}` });
    expect((await core.ledger.balance({ caller, userId: adopted.id })).balance).toBe(1000);
  });

  test('an adopted account is erased with it, or remains', async () => {
    const foreignId = `user ${count}`;
    const erase = async (isCommitted: boolean) =>
      host.transaction(async ({ executor }) => {
        await core.within(executor).users.eraseAdopted({ foreignId });
        if (!isCommitted) throw new Rollback();
      });
    await expect(erase(false)).rejects.toThrow(Rollback);
    expect((await core.users.adopt({ foreignId })).id).toBe(userId);
    await erase(true);
    expect((await core.users.adopt({ foreignId })).id).not.toBe(userId);
  });

  test('the program sees what the core has written before it commits, and others do not', async () => {
    await host.transaction(async ({ executor }) => {
      await core.within(executor).ledger.grant({ ...grant, userId });
      expect((await core.within(executor).ledger.balance({ caller, userId })).balance).toBe(1500);
      const isAlone = host.open.database.connections().total === 1;
      if (!isAlone) expect((await balance()).balance).toBe(1000);
    });
    expect((await balance()).balance).toBe(1500);
  });

  test('a rejection is an error of the domain, and leaves the transaction usable', async () => {
    await host.transaction(async ({ executor, run }) => {
      const within = core.within(executor);
      const spend = { userId, action: 'report', amount: 5000 };
      await expect(within.metering.spend(spend)).rejects.toMatchObject({ code: 'insufficient_credits' });
      await expect(within.metering.reserve(spend)).rejects.toMatchObject({ code: 'insufficient_credits' });
      await expect(within.ledger.grant({ ...grant, userId: count.toString() })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(within.ledger.grant({ ...grant, userId: crypto.randomUUID() })).rejects.toMatchObject({
        code: 'not_found',
      });
      await run(order());
    });
    expect(await host.orders()).toContain(`order ${count}`);
  });

  test('a statement that violates a constraint does not end the transaction', async () => {
    await host.transaction(async ({ executor, run }) => {
      const stores = host.open.stores.joinTransaction(executor);
      const user = {
        ...{
          id: crypto.randomUUID(),
          username: 'x',
          usernameKey: `adopted:user ${count}`,
          email: null,
          emailKey: null,
        },
        ...{
          passwordHash: '!',
          role: 'user' as const,
          openingGrant: { entryId: crypto.randomUUID(), amount: 1 },
        },
      };
      expect(await stores.userStore.create(user)).toEqual({ outcome: 'username_taken' });
      await run(order());
      const unstorable = { ...user, usernameKey: 'other', role: 'no such role' as 'user' };
      await expect(stores.userStore.create(unstorable)).rejects.toThrow('role');
      expect((await core.within(executor).users.adopt({ foreignId: `user ${count}` })).id).toBe(userId);
    });
    expect(await host.orders()).toContain(`order ${count}`);
  });

  test('a transaction that an earlier statement of the program has ended is reported as that', async () => {
    const failed = host.transaction(async ({ executor, run }) => {
      await run('select * from no_such_table').then(undefined, () => undefined);
      await core.within(executor).ledger.grant({ ...grant, userId });
    });
    await expect(failed).rejects.toThrow('The transaction has failed by an earlier statement: roll it back.');
    expect((await balance()).balance).toBe(1000);
  });

  test('above the level read committed, what another transaction has written meanwhile is a reason to repeat', async () => {
    if (host.serializable === undefined) return;
    const spend = { action: 'report', amount: 1, idempotencyKey: 'spent', userId };
    for (const write of [
      (core: TransactionUseCases) => core.users.adopt({ foreignId: `meanwhile ${count}` }),
      (core: TransactionUseCases) => core.metering.spend(spend),
    ]) {
      const late = host.serializable(async ({ executor, run }) => {
        await run('select count(*) from orders');
        await write(core);
        await write(core.within(executor));
      });
      await expect(late).rejects.toMatchObject({ code: 'unavailable' });
    }
  });

  test('operations that are started at once run one after another', async () => {
    await host.transaction(async ({ executor }) => {
      const spends = Array.from({ length: 12 }, () =>
        core.within(executor).metering.spend({ userId, action: 'report', amount: 100 }),
      );
      const settled = await Promise.allSettled(spends);
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    });
    expect((await balance()).balance).toBe(0);
  });

  test('values of all types pass through the library: arrays, JSON with its operators, times and texts', async () => {
    const values = await host.transaction(async ({ executor }) => {
      const [row] = await hostTransaction(executor, schema).query({
        text: `with given as (select $1::jsonb as data, $2::text[] as names)
          select data ? 'a?' as has, data ?| names as any, data ?& names as each, data, names, $3::bigint as number,
            '?' as mark, $4::uuid[] as ids, '2030-01-02 03:04:05.678+00'::timestamptz as at, $5::boolean as flag,
            '2030-01-02T03:04:05+00:00' as text, to_jsonb('2030-01-02T03:04:05+00:00'::text) as json, null as nothing,
            $6::text as hostile
          from given`,
        values: [
          JSON.stringify({ 'a?': [1, 'x'] }),
          ['a?', 'b"\\,{}'],
          2 ** 53 - 1,
          ['00000000-0000-0000-0000-000000000001'],
          false,
          `it's "?" $1 \\ (,) \n [1]`,
        ],
      });
      return row;
    });
    expect(values).toEqual({
      ...{ has: true, any: true, each: false, data: { 'a?': [1, 'x'] }, names: ['a?', 'b"\\,{}'] },
      ...{ number: 2 ** 53 - 1, mark: '?', ids: ['00000000-0000-0000-0000-000000000001'] },
      ...{ at: new Date('2030-01-02T03:04:05.678Z'), flag: false, text: '2030-01-02T03:04:05+00:00' },
      ...{ json: '2030-01-02T03:04:05+00:00', nothing: null, hostile: `it's "?" $1 \\ (,) \n [1]` },
    });
  });

  test('chats and everything else that no rollback would undo are refused', async () => {
    await host.transaction(({ executor }) => {
      const within = core.within(executor) as unknown as Core;
      expect(() => within.chat.send({ userId, message: 'Hello' })).toThrow(
        'core.chat.send cannot be part of a transaction, because nothing may stay open while a model replies.',
      );
      expect(() => within.chat.stream({ userId, message: 'Hello' })).toThrow(TypeError);
      expect(() => within.auth.purgeExpired({ caller })).toThrow('core.auth.purgeExpired cannot be part');
      return Promise.resolve();
    });
  });
});

test('core.within a pool, or a client that has begun nothing, is refused, and nothing is written', async () => {
  const { url, drop } = await postgresTestDatabase({ isMigrated: false });
  const pool = new pg.Pool({ connectionString: url });
  const open = await openPostgres({ pool, schema });
  const core = createCore({
    ...nodeAdapters(),
    ...open.stores,
    models: [{ name: 'echo', model: echoModel() }],
  });
  const { id: userId } = await core.users.adopt({ foreignId: 'ada' });
  const client = await pool.connect();
  for (const connection of [pool, client]) {
    const granted = core
      .within(fromPg(connection))
      .ledger.grant({ caller, userId, amount: 5, reason: 'None' });
    await expect(granted).rejects.toThrow('core.within requires a transaction: begin one');
    await expect(granted).rejects.toThrow(TypeError);
  }
  client.release();
  expect(await core.ledger.balance({ caller, userId })).toEqual({ balance: 4000, held: 0 });
  await open.close();
  await pool.end();
  await drop();
});
