import { expect, test } from 'vitest';
import { writeProbe } from '../../../src/adapters/postgres/write-probe.js';
import { embeddedTestDatabase, postgresTestDatabase } from '../../setup/databases.js';

const engines = { embedded: embeddedTestDatabase, postgres: postgresTestDatabase };

test.each(Object.entries(engines))(
  'the probe detects a database that rejects writes, and its recovery: %s',
  async (name, open) => {
    const { database, drop } = await open({ isMigrated: true });
    let nowMs = 0;
    let error: Error | null = null;
    const failing = {
      ping: () => database.ping(),
      query: <Row>(statement: { text: string }) =>
        error === null ? database.query<Row>(statement) : Promise.reject(error),
    };
    const probe = writeProbe(failing, () => nowMs);
    await probe();
    error = Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
    // Within 5 seconds, the probe returns its cached result.
    await probe();
    nowMs += 5000;
    await expect(probe()).rejects.toThrow('No space left');
    error = null;
    await expect(probe()).rejects.toThrow('No space left');
    nowMs += 1000;
    await probe();
    expect(await database.query({ text: 'select count(*)::int as rows from write_probes' })).toEqual([
      { rows: 1 },
    ]);

    if (name === 'embedded') {
      await database.query({ text: 'set default_transaction_read_only = on' });
      nowMs += 5000;
      await expect(probe()).rejects.toMatchObject({ code: 'unavailable' });
    }
    await drop();
  },
  60_000,
);
