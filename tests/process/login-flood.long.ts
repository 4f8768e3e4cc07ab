import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registerMany, type Account } from './api-client.js';
import { removeDataFolders } from './data-folder.js';
import { fullFigure } from './full-figure.js';
import { killLeftovers, startServer } from './server-process.js';
import { offer, type Offered, type OfferedRequest } from './steady-load.js';
import { storageOn, type Storage } from './storage.js';

const rounds = 5;
const durationMs = fullFigure(10) * 1000;

/** What the machine's scheduler adds to the slowest of some hundred answers, flood or not. */
const noiseMs = 10;

let storage: Storage;

afterEach(async () => {
  await killLeftovers();
  await storage.remove();
});

afterAll(removeDataFolders);

function chatOf({ accessSecret }: Account): OfferedRequest {
  return {
    path: '/api/chat/',
    headers: { Authorization: `Token ${accessSecret}` },
    body: { message: 'Hello' },
  };
}

function figures(what: string, { p50Ms, p99Ms, refusedP99Ms, statuses }: Offered): string {
  const refused = `refused within ${refusedP99Ms} ms (p99)`;
  return `${what}: p50 ${p50Ms} ms, p99 ${p99Ms} ms, ${refused}, ${JSON.stringify(statuses)}`;
}

function median(values: number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

describe.each([
  { engine: 'embedded', kind: 'right', password: 'StrongPass123!' },
  { engine: 'embedded', kind: 'wrong', password: 'a wrong one' },
  { engine: 'PostgreSQL', kind: 'right', password: 'StrongPass123!' },
  { engine: 'PostgreSQL', kind: 'wrong', password: 'a wrong one' },
] as const)('200 logins a second with $kind passwords ($engine)', ({ engine, password }) => {
  beforeEach(async () => {
    storage = await storageOn(engine);
  });

  test('at most double what chats take, and what is too many is refused within a second', async () => {
    const { url } = await startServer({
      ...storage.environment,
      BCRYPT_COST: '12',
      RATE_LIMIT: 'on',
      RATE_LIMIT_CHAT: '100000/1m',
      STARTING_TOKENS: '1000000000',
    });
    const accounts = await registerMany(url, 'flood', 10);
    const logins = accounts.map(({ username }) => ({ path: '/api/login/', body: { username, password } }));
    const offerChats = () =>
      offer({ url, perSecond: 50, durationMs, requests: accounts.map((account) => chatOf(account)) });
    const offerLogins = () => offer({ url, perSecond: 200, durationMs, requests: logins });
    await offerChats();
    const alone: Offered[] = [];
    const beside: Offered[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const calm = await offerChats();
      const [flooded, flood] = await Promise.all([offerChats(), offerLogins()]);
      console.log(
        [figures('chats alone', calm), figures('beside logins', flooded), figures('logins', flood)].join(
          '\n',
        ),
      );
      alone.push(calm);
      beside.push(flooded);
      for (const { statuses, unanswered } of [calm, flooded]) {
        expect([Object.keys(statuses), unanswered]).toEqual([['200'], 0]);
      }
      const refusals = Object.keys(flood.statuses).filter((status) => !['200', '401'].includes(status));
      expect(refusals.filter((status) => status === '429' || status === '503')).toEqual(refusals);
      expect(refusals).not.toEqual([]);
      expect(flood.unanswered).toBe(0);
      expect(flood.refusedP99Ms).toBeLessThan(1000);
    }
    const [aloneMs, besideMs] = [alone, beside].map((offered) => median(offered.map(({ p99Ms }) => p99Ms)));
    console.log(`chat p99, the median of ${rounds}: ${aloneMs} ms alone, ${besideMs} ms beside logins`);
    expect(besideMs).toBeLessThanOrEqual(2 * (aloneMs ?? 0) + noiseMs);
  });
});
