import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../../src/adapters/postgres/database.js';
import {
  answersStatus,
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
import { keeper, people, talks, type Talk } from './talks.js';

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

/** A server that a few people have used for two weeks, and the model that answers on it. */
export interface SmallService {
  server: ServerProcess;
  /** What the model says next. */
  answerWith: (talk: Talk) => void;
  stop: () => Promise<void>;
}

/** Plays two weeks of a small service in a minute, and then dates them back. */
export async function smallService(): Promise<SmallService> {
  const [provider, storage, folder] = await Promise.all([
    misbehavingProvider(),
    storageOn('embedded'),
    emptyDataFolder(),
  ]);
  const modelsFile = join(folder, 'models.json');
  await writeFile(modelsFile, JSON.stringify(modelsOf(provider)));
  const environment = { ...storage.environment, MODELS_FILE: modelsFile };
  const answerWith = ({ reply }: Talk) => {
    const words = reply.match(/\S+\s*/g) ?? [];
    const usage = { input: 40 + words.length, output: 2 * words.length };
    provider.behave(sends(wire.start, ...words.map((word) => wire.text(word)), wire.finish('stop', usage)));
  };
  const begunAt = new Date();
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
    provider.behave(answersStatus(500));
  };
  const [, ...starts] = await playDays(first.url, answerWith, fail);
  await first.terminate();
  await storage.withDatabase((database) => dateBack(database, [begunAt, ...starts]));
  return {
    server: await startServer(environment),
    answerWith,
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

/** Plays one day after the other; resolves with when each began, and the last one ended. */
async function playDays(
  url: string,
  answerWith: SmallService['answerWith'],
  fail: () => void,
): Promise<Date[]> {
  const present: Account[] = [];
  const starts: Date[] = [];
  const askedBefore = new Map<number, number>();
  let told = 0;
  const root = await logIn(url, keeper);
  for (const [day, chats] of chatsByDay.entries()) {
    starts.push(new Date());
    for (let index = 0; index < (newPeopleByDay[day] ?? 0); index += 1)
      present.push(await register(url, people[present.length] ?? ''));
    for (let index = 0; index < chats; index += 1) {
      const who = (day + index) % present.length;
      const account = present[who];
      const asked = (askedBefore.get(who) ?? 0) + 1;
      const talk = talks[(3 * who + asked) % talks.length];
      if (account === undefined || talk === undefined) continue;
      askedBefore.set(who, asked);
      told += 1;
      if (told % 19 === 0) fail();
      else answerWith(talk);
      if (told % 3 === 0)
        await call(url, '/api/chat/', {
          accessSecret: account.accessSecret,
          body: { message: talk.message, model: 'large' },
        });
      else await chat(url, account, talk.message);
    }
    const reason = reasons[day];
    const lucky = present[day % present.length];
    if (reason !== undefined && lucky !== undefined) await grant(url, root, lucky, 1500, reason);
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

async function grant(url: string, root: Account, { accessSecret }: Account, amount: number, reason: string) {
  const { body } = await call<{ id: string }>(url, '/api/me/', { accessSecret });
  await call(url, `/api/admin/users/${body.id}/tokens/`, {
    accessSecret: root.accessSecret,
    body: { amount, reason },
  });
}

/** Moves each played day to a day of its own, the last of them to yesterday, and stretches it over its hours. */
async function dateBack(database: Database, starts: readonly Date[]): Promise<void> {
  // The database itself refuses what is done here to its ledger.
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
