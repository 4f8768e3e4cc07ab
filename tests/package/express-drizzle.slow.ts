import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresTestDatabase } from '../setup/databases.js';
import { installExample, nodeVersions, type ExampleProject } from './example-project.js';

let project: ExampleProject;
beforeAll(async () => {
  project = await installExample('express-drizzle');
}, 300_000);
afterAll(() => project.remove());

test('the service of Express and Drizzle has less than 60 lines', async () => {
  const lines = (await readFile(join(project.folder, 'service.ts'), 'utf8')).trimEnd().split('\n');
  expect(lines.length).toBeLessThan(60);
});

describe.each(nodeVersions)('the service of Express and Drizzle on Node %s', (version) => {
  test('takes back the grant of a payment that fails, in 500 rounds with concurrent chats', async () => {
    expect(await project.npm(version, ['exec', '--', 'node', '--version'])).toMatch(
      new RegExp(`^v${version.replace('.', '\\.')}\\.`),
    );
    await project.npm(version, ['run', 'build']);
    const { url: databaseUrl, database, drop } = await postgresTestDatabase({ isMigrated: false });
    await database.query({
      text: 'create table users (id text primary key, "apiKey" text not null unique)',
      values: [],
    });
    await database.query({
      text: 'create table payments (id text primary key, "userId" text not null)',
      values: [],
    });
    await database.query({ text: `insert into users values ('ada', 'key-of-ada')`, values: [] });
    const service = project.start(version, { DATABASE_URL: databaseUrl, PORT: '0' });
    try {
      const [, port = ''] = await service.printed(/port: (\d+)/);
      const post = (path: string, body: object, key = 'key-of-ada') =>
        fetch(`http://127.0.0.1:${port}/${path}`, {
          method: 'POST',
          headers: { 'X-Api-Key': key, 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        });
      expect((await post('questions', { question: 'Hello' }, 'unknown')).status).toBe(401);
      const statuses = new Map<number, number>();
      let replies = 0;
      const worker = async (first: number) => {
        for (let round = first; round < 500; round += 5) {
          // Each payment is reported twice.
          const paying = post('payments', { id: `payment ${Math.floor(round / 10) * 5 + (round % 5)}` });
          const asking = post('questions', { question: `Round ${round}` });
          const { status } = await paying;
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          const reply = await (await asking).text();
          if (reply === `Echo: Round ${round}`) replies += 1;
        }
      };
      await Promise.all([0, 1, 2, 3, 4].map(worker));
      expect(Object.fromEntries(statuses)).toEqual({ 201: 250, 500: 250 });
      expect(replies).toBe(500);
      const paid = await post('payments', { id: 'the last payment' });
      expect(await paid.json()).toEqual({ balance: 4_000 + 251 * 500 - 500 * 100, held: 0 });
      const counted = await database.query({
        text: 'select count(*)::int as count from payments',
        values: [],
      });
      expect(counted).toEqual([{ count: 251 }]);
    } finally {
      await service.stop();
    }
    const environment = { DATABASE_URL: databaseUrl, DATABASE_SCHEMA: 'metered_chat' };
    await project.npm(version, ['exec', '--', 'metered-chat', 'ledger-verify'], environment);
    await drop();
  }, 300_000);
});
