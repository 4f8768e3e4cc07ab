import { expect, test } from 'vitest';
import { writeProbe } from '../../../src/adapters/postgres/write-probe.js';
import { embeddedTestDatabase, postgresTestDatabase } from '../../setup/databases.js';

const engines = { embedded: embeddedTestDatabase, postgres: postgresTestDatabase };

test.each(Object.entries(engines))(
  'a database that takes no writes is found out, and found well again: %s',
  async (name, open) => {
    const { database, drop } = await open({ isMigrated: true });
    let nowMs = 0;
    let fault: Error | null = null;
    const failing = {
      ping: () => database.ping(),
      query: <Row>(statement: { text: string }) =>
        fault === null ? database.query<Row>(statement) : Promise.reject(fault),
    };
    const probe = writeProbe(failing, () => nowMs);
    await probe();
    fault = Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
    // Asked again at once it repeats what it found; asked later it looks.
    await probe();
    nowMs += 5000;
    await expect(probe()).rejects.toThrow('No space left');
    fault = null;
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
