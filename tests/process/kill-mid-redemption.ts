import { setTimeout as delay } from 'node:timers/promises';
import { awaitUntil } from '../../src/testing/await-until.js';
import { call, logIn, registerMany, type Account } from './api-client.js';
import { expectStatus, repeatingClient } from './repeating-client.js';
import { startMetered } from './metered-program.js';
import { startServer } from './server-process.js';
import { ledgerErrors, ledgerVerifyErrors, type Storage } from './storage.js';

const workers = 12;
const [codesOfBatch, maxRedemptions, credits] = [60, 3, 7];
const openingCredits = 100;
const longestFloodMs = 200;
const floodTimeoutMs = 60_000;

/** The results of a series of kills during redemptions. */
export interface RedemptionReport {
  kills: number;
  redeemed: number;
  interrupted: number;
  /** Interrupted redemptions that had been done: their repetition finds the code redeemed by the account. */
  replayed: number;
  errors: string[];
}

interface Redeemer extends Account {
  codes: Set<string>;
}

/**
 * Kills a server repeatedly while accounts redeem the codes of a batch, which allows fewer redemptions than there are accounts. Each
 * redemption is repeated until it has a response. In the end each account has the credits of what it redeemed, once.
 */
export async function killMidRedemption(
  storage: Storage,
  options: { kills: number; random: (below: number) => number; auditsEach: boolean },
): Promise<RedemptionReport> {
  const { random } = options;
  const environment = { ...storage.environment, STARTING_TOKENS: String(openingCredits) };
  const shop = await startMetered(storage, environment, {
    makeAccounts: () => Promise.resolve([]),
    chatters: 0,
  });
  const accounts = await registerMany(shop.server.url, 'redeemer', workers);
  const redeemers = accounts.map((account): Redeemer => ({ ...account, codes: new Set() }));
  const counts = { done: 0, interrupted: 0, replayed: 0 };
  const client = repeatingClient(() => shop.server.url, counts);
  const report = { kills: 0, redeemed: 0, replayed: 0, errors: [] as string[] };
  const state = { isOver: false, codes: await newBatch(shop.server.url) };
  const batches = [state.codes];
  const work = redeemers.map(async (redeemer) => {
    while (!state.isOver) {
      const { codes } = state;
      const code = codes[random(codes.length)] ?? '';
      await redeem(client, redeemer, code, report);
    }
  });
  const finished = Promise.all(work);
  while (report.kills < options.kills) {
    const before = report.redeemed;
    const wanted = 20 + random(100);
    const flood = awaitUntil('codes are redeemed', floodTimeoutMs, () =>
      Promise.resolve(report.redeemed >= before + wanted || null),
    );
    await Promise.race([flood, finished]);
    await delay(random(longestFloodMs));
    client.pause();
    await shop.server.kill();
    report.kills += 1;
    if (options.auditsEach) report.errors.push(...(await ledgerVerifyErrors(storage)));
    shop.server = await startServer(environment);
    state.codes = await newBatch(shop.server.url);
    batches.push(state.codes);
    client.resume();
  }
  state.isOver = true;
  await finished;
  for (const redeemer of redeemers) {
    const { body } = await call<{ tokens: number }>(shop.server.url, '/api/tokens/', redeemer);
    const expected = openingCredits + credits * redeemer.codes.size;
    if (body.tokens !== expected)
      report.errors.push(`${redeemer.username} has ${body.tokens} in place of ${expected}`);
  }
  for (const code of batches.flat()) {
    const uses = redeemers.filter(({ codes }) => codes.has(code)).length;
    if (uses > maxRedemptions) report.errors.push(`${code} was redeemed ${uses} times`);
  }
  await shop.server.terminate();
  report.errors.push(...(await ledgerErrors(storage)).errors);
  return { ...report, interrupted: counts.interrupted };
}

async function redeem(
  client: ReturnType<typeof repeatingClient>,
  redeemer: Redeemer,
  code: string,
  report: { redeemed: number; replayed: number; errors: string[] },
): Promise<void> {
  let attempts = 0;
  const isKnown = redeemer.codes.has(code);
  const sent = await client.certainly<{ code?: string; credits?: number }>((url) => {
    attempts += 1;
    return call(url, '/api/vouchers/redeem/', { authToken: redeemer.authToken, body: { code } });
  });
  const outcome = sent.status === 200 ? 'redeemed' : (sent.body.code ?? String(sent.status));
  if (outcome === 'redeemed') {
    if (isKnown) report.errors.push(`${redeemer.username} redeemed ${code} twice`);
    if (sent.body.credits !== credits) report.errors.push(`${code} gave ${sent.body.credits}`);
    report.redeemed += 1;
    redeemer.codes.add(code);
  } else if (outcome === 'voucher_already_redeemed') {
    if (isKnown) return;
    if (attempts === 1) report.errors.push(`${redeemer.username} had not redeemed ${code}`);
    report.redeemed += 1;
    report.replayed += 1;
    redeemer.codes.add(code);
  } else if (outcome !== 'voucher_exhausted') report.errors.push(`a redemption ended with ${outcome}`);
}

/** Creates a batch of codes; returns them. */
async function newBatch(url: string): Promise<string[]> {
  const { authToken } = await logIn(url, 'root');
  const body = { count: codesOfBatch, credits, max_redemptions: maxRedemptions };
  const created = await call<{ codes: string[] }>(url, '/api/admin/vouchers/', { authToken, body });
  expectStatus(created, 201);
  return created.body.codes;
}
