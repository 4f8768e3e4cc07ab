import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../../src/adapters/postgres/database.js';
import {
  respondsWithStatus,
  misbehavingProvider,
  sends,
  type MisbehavingProvider,
} from '../../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import { call, chat, logIn, register, type Account } from '../../process/api-client.js';
import { emptyDataFolder } from '../../process/data-folder.js';
import { runCommand, startServer, type ServerProcess } from '../../process/server-process.js';
import { storageOn } from '../../process/storage.js';
import { password } from '../chat-steps.js';
import { keeper, packages, people, talks, type Talk } from './sample-data.js';

const chatsByDay = [3, 4, 3, 6, 5, 2, 2, 6, 7, 5, 9, 8, 7];
const newPeopleByDay = [2, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0];
const workdayMs = 9 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;
const moved = {
  users: ['created_at'],
  entries: ['created_at'],
  exchanges: ['created_at', 'ended_at'],
  conversations: ['created_at', 'updated_at'],
  audit_events: ['created_at'],
};

/** A server with two weeks of generated usage by a few users, and its model provider. */
export interface SampleService {
  server: ServerProcess;
  /** Sets the next reply of the model. */
  setReply: (talk: Talk) => void;
  stop: () => Promise<void>;
}

/** Generates two weeks of usage in a minute, and then moves them to the past. */
export async function startSampleService(): Promise<SampleService> {
  const [provider, storage, folder] = await Promise.all([
    misbehavingProvider(),
    storageOn('embedded'),
    emptyDataFolder(),
  ]);
  const modelsFile = join(folder, 'models.json');
  await writeFile(modelsFile, JSON.stringify(modelsOf(provider)));
  const packagesFile = join(folder, 'packages.json');
  await writeFile(packagesFile, JSON.stringify({ packages }));
  const environment = {
    ...storage.environment,
    ...{ MODELS_FILE: modelsFile, PAYMENTS: 'demo', PACKAGES_FILE: packagesFile },
  };
  const setReply = ({ reply }: Talk) => {
    const words = reply.match(/\S+\s*/g) ?? [];
    const usage = { input: 40 + words.length, output: 2 * words.length };
    provider.behave(sends(wire.start, ...words.map((word) => wire.text(word)), wire.finish('stop', usage)));
  };
  const startedAt = new Date();
  const admin = [
    'create-admin',
    '--username',
    keeper,
    '--email',
    `${keeper}@example.com`,
    '--password-stdin',
  ];
  const { exitCode, output } = await runCommand(admin, environment, { input: password });
  if (exitCode !== 0) throw new Error(output);

  const first = await startServer(environment);
  const fail = () => {
    provider.behave(respondsWithStatus(500));
  };
  const [, ...starts] = await playDays(first.url, setReply, fail);
  await first.terminate();
  await storage.withDatabase((database) => dateBack(database, [startedAt, ...starts]));
  return {
    server: await startServer(environment),
    setReply,
    stop: async () => {
      await provider.stop();
      await storage.remove();
    },
  };
}

function modelsOf({ url }: MisbehavingProvider): object {
  const provided = { provider: 'openai-compatible', base_url: url, upstream: 'm', retries: 0 };
  return {
    default: 'small',
    models: [
      { ...provided, name: 'small', price: { per_message: 100 } },
      {
        ...provided,
        name: 'large',
        price: { per_1k_input: 300, per_1k_output: 1500 },
        max_output_tokens: 1000,
      },
    ],
  };
}

/** Generates one day after the other. Resolves with the start of each day and the end of the last. */
async function playDays(url: string, setReply: SampleService['setReply'], fail: () => void): Promise<Date[]> {
  const present: Account[] = [];
  const starts: Date[] = [];
  const messageCounts = new Map<number, number>();
  let messageCount = 0;
  const root = await logIn(url, keeper);
  for (const [day, chats] of chatsByDay.entries()) {
    starts.push(new Date());
    for (let index = 0; index < (newPeopleByDay[day] ?? 0); index += 1)
      present.push(await register(url, people[present.length] ?? ''));
    for (let index = 0; index < chats; index += 1) {
      const userIndex = (day + index) % present.length;
      const account = present[userIndex];
      const count = (messageCounts.get(userIndex) ?? 0) + 1;
      const talk = talks[(3 * userIndex + count) % talks.length];
      if (account === undefined || talk === undefined) continue;
      messageCounts.set(userIndex, count);
      messageCount += 1;
      if (messageCount % 19 === 0) fail();
      else setReply(talk);
      if (messageCount % 3 === 0)
        await call(url, '/api/chat/', {
          authToken: account.authToken,
          body: { message: talk.message, model: 'large' },
        });
      else await chat(url, account, talk.message);
    }
    const reason = reasons[day];
    const receiver = present[day % present.length];
    if (reason !== undefined && receiver !== undefined) await grant(url, root, receiver, 1500, reason);
  }
  return [...starts, new Date()];
}

const reasons: Partial<Record<number, string>> = {
  2: 'Thanks for testing the first week',
  5: 'Workshop on Thursday',
  7: 'Reply of Monday was cut short',
  9: 'Workshop on Thursday',
  11: 'Editors get more',
};

async function grant(url: string, root: Account, { authToken }: Account, amount: number, reason: string) {
  const { body } = await call<{ id: string }>(url, '/api/me/', { authToken });
  await call(url, `/api/admin/users/${body.id}/tokens/`, {
    authToken: root.authToken,
    body: { amount, reason },
  });
}

/** Moves each generated day to a day in the past, the last one to yesterday, and stretches it over the working hours. */
async function dateBack(database: Database, starts: readonly Date[]): Promise<void> {
  // A trigger of the database rejects changes of the ledger.
  await database.query({ text: 'alter table entries disable trigger entries_append_only' });
  const morning = new Date(new Date().setHours(8, 0, 0, 0)).getTime();
  for (const [day, start] of starts.entries()) {
    const end = starts[day + 1];
    if (end === undefined) break;
    const base = new Date(morning - (starts.length - 1 - day) * dayMs);
    const stretch = workdayMs / (end.getTime() - start.getTime());
    for (const [table, columns] of Object.entries(moved)) {
      const changes = columns.map(
        (name) => `${name} = $3::timestamptz + (${name} - $1::timestamptz) * $4::float8`,
      );
      await database.query({
        text: `update ${table} set ${changes.join(', ')} where created_at >= $1::timestamptz and created_at < $2::timestamptz`,
        values: [start.toISOString(), end.toISOString(), base.toISOString(), stretch],
      });
    }
  }
  await database.query({ text: 'alter table entries enable always trigger entries_append_only' });
}
