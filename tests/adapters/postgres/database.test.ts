import dns from 'node:dns';
import { cp, mkdtemp, rm, appendFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { pgliteDatabase } from '../../../src/adapters/postgres/pglite-database.js';
import { safeInteger } from '../../../src/adapters/postgres/value-parsers.js';
import { DomainError } from '../../../src/domain/errors.js';
import {
  embeddedTestDatabase,
  postgresAt,
  postgresTestDatabase,
  type TestDatabase,
} from '../../setup/databases.js';
import { copyEmbedded } from '../../setup/embedded-template.js';
import { migrationsDirectory } from '../../setup/migrations-directory.js';

/** Waits for two turns of the event loop. */
async function twoTurns(): Promise<void> {
  await turn();
  await turn();
}

const engines = { embedded: embeddedTestDatabase, postgres: postgresTestDatabase } as const;

describe.each(Object.entries(engines))('the database %s', (_, open) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await open({ isMigrated: false });
  });
  afterAll(() => opened.drop());

  test.each(['0', '-1', '9007199254740991', '-9007199254740991'])(
    'reads the int8 %s exactly, as a number',
    async (text) => {
      const statement = { text: `select '${text}'::int8 as value` };
      expect(await opened.database.query(statement)).toEqual([{ value: Number(text) }]);
      expect(await opened.database.query({ ...statement, name: `read_${text}` })).toEqual([
        { value: Number(text) },
      ]);
    },
  );

  test.each(['9007199254740992', '9007199254740993', '-9007199254740992', '9223372036854775807'])(
    'rejects the int8 %s, and runs further statements',
    async (text) => {
      const statement = { text: `select '${text}'::int8 as value` };
      await expect(opened.database.query(statement)).rejects.toThrow(RangeError);
      await expect(opened.database.query({ ...statement, name: `read_${text}` })).rejects.toThrow(RangeError);
      expect(await opened.database.query({ text: 'select 1::int8 as value' })).toEqual([{ value: 1 }]);
    },
  );

  test('binds and reads 2^53 − 1 exactly', async () => {
    const statement = { text: 'select $1::int8 as value', values: [Number.MAX_SAFE_INTEGER] };
    expect(await opened.database.query(statement)).toEqual([{ value: Number.MAX_SAFE_INTEGER }]);
  });

  test('a sum beyond 2^53 − 1 is rejected, not rounded', async () => {
    const text = `select sum(n)::int8 as value from (values (9007199254740991), (2)) as numbers (n)`;
    await expect(opened.database.query({ text })).rejects.toThrow(RangeError);
  });

  test('a failing statement does not affect concurrent ones', async () => {
    const good = { name: 'good', text: 'select 1::int8 as value' };
    const bad = { name: 'bad', text: 'select 1 / $1::int as value', values: [0] };
    const statements = Array.from({ length: 60 }, (_unused, index) => (index % 2 === 0 ? good : bad));
    const responses = await Promise.allSettled(statements.map((each) => opened.database.query(each)));
    expect(responses.map(({ status }) => status)).toEqual(
      statements.map((each) => (each === good ? 'fulfilled' : 'rejected')),
    );
  });

  test('a transaction that throws is rolled back', async () => {
    await opened.database.query({ text: 'create table notes (note text)' });
    const failed = opened.database.transaction(async (within) => {
      await within.query({ text: `insert into notes values ('lost')` });
      throw new Error('on purpose');
    });
    await expect(failed).rejects.toThrow('on purpose');
    expect(await opened.database.query({ text: 'select * from notes' })).toEqual([]);
  });

  test('a statement sent during a transaction is not part of it', async () => {
    await opened.database.query({ text: 'create table concurrent (note text)' });
    let concurrent: Promise<unknown> = Promise.resolve();
    const failed = opened.database.transaction(async (within) => {
      await within.query({ text: `insert into concurrent values ('within')` });
      concurrent = opened.database.query({
        name: 'concurrent',
        text: `insert into concurrent values ('concurrent')`,
      });
      await twoTurns();
      await within.query({ text: `insert into concurrent values ('within')` });
      throw new Error('on purpose');
    });
    await expect(failed).rejects.toThrow('on purpose');
    await concurrent;
    expect(await opened.database.query({ text: 'select * from concurrent' })).toEqual([
      { note: 'concurrent' },
    ]);
  });

  test('a named statement accepts other values each time, even after a failure', async () => {
    const statement = {
      name: 'all_kinds',
      text: `select $1::text as text, 12 / $2::int8 as number, $3::boolean as truth, $4::text[] as list`,
    };
    const values = [
      ['one', 1, true, ['a "quoted" word', 'a back\\slash', '']],
      [null, 2, false, []],
      ['', 0, null, null],
      ['three', 3, true, ['null', '{}']],
    ] as const;
    const responses = await Promise.allSettled(
      values.map((each) => opened.database.query({ ...statement, values: each })),
    );
    expect(responses).toMatchObject([
      { value: [{ text: 'one', number: 12, truth: true, list: values[0][3] }] },
      { value: [{ text: null, number: 6, truth: false, list: [] }] },
      { status: 'rejected', reason: { code: '22012' } },
      { value: [{ text: 'three', number: 4, truth: true, list: ['null', '{}'] }] },
    ]);
  });

  test('a series of statements does not block the event loop', async () => {
    let turns = 0;
    const count = () => {
      turns += 1;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    onTestFinished(() => {
      clearImmediate(timer);
    });
    for (let sent = 0; sent < 50; sent += 1) await opened.database.query({ name: 'one', text: 'select 1' });
    expect(turns).toBeGreaterThanOrEqual(50);
  });

  test('timestamps are returned as Dates', async () => {
    const [row] = await opened.database.query<{ at: Date }>({ text: 'select now() as at' });
    expect(row?.at).toBeInstanceOf(Date);
    expect(Math.abs((row?.at.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('migrating twice runs nothing twice, and a changed migration is rejected', async () => {
    const names = (await readdir(migrationsDirectory)).sort();
    const ran = await opened.database.migrate(migrationsDirectory);
    expect(ran.filter((name) => names.includes(name))).toEqual(names);
    expect(await opened.database.migrate(migrationsDirectory)).toEqual([]);
    const changed = await mkdtemp(join(tmpdir(), 'changed-migrations-'));
    onTestFinished(() => rm(changed, { recursive: true }));
    await cp(migrationsDirectory, changed, { recursive: true });
    await appendFile(join(changed, names[0] ?? ''), ' ');
    await expect(opened.database.migrate(changed)).rejects.toThrow();
    expect(await opened.database.migrate(migrationsDirectory)).toEqual([]);
    expect(await opened.database.query({ text: 'select 1::int8 as value' })).toEqual([{ value: 1 }]);
  });
});

test.each(['0', '9007199254740991', '-9007199254740991'])('%s is a safe integer', (text) => {
  expect(String(safeInteger(text))).toBe(text);
});

test.each(['9007199254740992', '-9007199254740992', '1e400', 'x', '1.5'])(
  '%s is not a safe integer',
  (text) => {
    expect(() => safeInteger(text)).toThrow(RangeError);
  },
);

test('eight concurrent migrations of an empty PostgreSQL run each file once', async () => {
  const { url, drop } = await postgresTestDatabase({ isMigrated: false });
  const databases = Array.from({ length: 8 }, () => postgresAt(url, 2));
  const ran = await Promise.all(databases.map((database) => database.migrate(migrationsDirectory)));
  const names = await readdir(migrationsDirectory);
  const rows = await databases[0]?.query<{ name: string }>({ text: 'select name from migrations' });
  await Promise.all(databases.map((database) => database.close()));
  await drop();
  expect(ran.filter((files) => files.length > 0)).toHaveLength(1);
  expect(ran.flat().filter((name) => names.includes(name))).toHaveLength(names.length);
  // And the file that creates the migrations table.
  expect(rows).toHaveLength(names.length + 1);
});

test('a named statement in the embedded database uses indexes, even if it was planned while the tables were small', async () => {
  const { database, drop } = await embeddedTestDatabase({ isMigrated: false });
  onTestFinished(drop);
  await database.query({ text: 'create table things (id int primary key)' });
  const statement = {
    name: 'find_things',
    text: 'select things.id from json_to_recordset($1) as requested (id int) join things on things.id = requested.id',
    values: ['[{"id": 1}]'],
  };
  for (let times = 0; times < 10; times += 1) await database.query(statement);
  const planOf = async (what: string) => {
    const lines = await database.query<{ 'QUERY PLAN': string }>({ text: `explain ${what}` });
    return lines.map((line) => line['QUERY PLAN']).join('\n');
  };
  expect(await planOf(`execute find_things ('[{"id": 1}]')`)).not.toContain('Seq Scan');
  // Statements without a name may use a sequential scan.
  expect(await planOf('select count(*) from things')).toContain('Seq Scan');
});

test('an embedded database finishes earlier statements before it closes, and rejects later ones as unavailable', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-closed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await copyEmbedded(join(folder, 'database'), { isMigrated: false });
  const database = await pgliteDatabase(join(folder, 'database'));
  const statement = { name: 'one', text: 'select 1 as value' };
  const earlier = database.query(statement);
  const closed = database.close();
  const later = [database.query(statement), database.transaction((within) => within.query(statement))];
  expect(await earlier).toEqual([{ value: 1 }]);
  await closed;
  for (const each of later) await expect(each).rejects.toMatchObject({ code: 'unavailable' });
});

test('statements that wait for a lock do not delay statements that do not wait', async () => {
  const { database, url, drop } = await postgresTestDatabase({ isMigrated: false });
  const pooled = postgresAt(url, 8);
  await database.query({ text: 'create table rows as select 1 as id' });
  const lock = { name: 'lock', mayWaitForLock: true, text: 'select id from rows for update' };
  const read = { name: 'read', text: 'select id from rows' };
  let waiting: Promise<unknown>[] = [];
  await database.transaction(async (within) => {
    await within.query({ text: lock.text });
    waiting = Array.from({ length: 4 }, () => pooled.query(lock));
    for (let round = 0; round < 5; round += 1) {
      const results = await Promise.all(Array.from({ length: 8 }, () => pooled.query(read)));
      expect(results).toEqual(Array(8).fill([{ id: 1 }]));
    }
  });
  expect(await Promise.all(waiting)).toEqual(Array(4).fill([{ id: 1 }]));
  await pooled.close();
  await drop();
});

test.each([1, 2, 3])('no more connections are open than the pool size of %i', async (poolSize) => {
  const { url, drop } = await postgresTestDatabase({ isMigrated: false });
  const database = postgresAt(url, poolSize);
  onTestFinished(async () => {
    await database.close();
    await drop();
  });
  const openConnections = 'select count(*) as open from pg_stat_activity where datname = current_database()';
  const counts = await Promise.all(
    Array.from({ length: 12 }, (_, number) =>
      database.query<{ open: number }>({
        ...(number % 2 === 0 && { name: 'count_connections' }),
        text: openConnections,
      }),
    ),
  );
  for (const [row] of counts) expect(row?.open).toBeLessThanOrEqual(poolSize);
  expect(database.connections().total).toBeLessThanOrEqual(poolSize);
});

test.each(['postgres://postgres@127.0.0.1:1/postgres', 'postgres://postgres@no-such-host.invalid/postgres'])(
  'a PostgreSQL that cannot be reached is unavailable: %s',
  async (url) => {
    const database = postgresAt(url, 2);
    onTestFinished(() => database.close());
    for (const statement of [{ text: 'select 1' }, { name: 'one', text: 'select 1' }]) {
      const error: unknown = await database.query(statement).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(DomainError);
      expect(error).toMatchObject({ code: 'unavailable' });
    }
    await expect(database.ping()).rejects.toMatchObject({ code: 'unavailable' });
  },
);

test('a PostgreSQL whose host name cannot be resolved temporarily is unavailable', async () => {
  const failed = Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
  const lookup = vi.spyOn(dns, 'lookup').mockImplementation((_name: string, ...rest: unknown[]) => {
    (rest.at(-1) as (error: Error) => void)(failed);
  });
  onTestFinished(() => {
    lookup.mockRestore();
  });
  const database = postgresAt('postgres://postgres@postgres.example/postgres', 2);
  onTestFinished(() => database.close());
  await expect(database.ping()).rejects.toMatchObject({ code: 'unavailable' });
});
