import { balanceOf, call, logIn, registerMany, type Account, type TestResponse } from './api-client.js';
import { expectStatus } from './repeating-client.js';
import { startMetered } from './metered-program.js';
import { startServer } from './server-process.js';
import { ledgerErrors, type Storage } from './storage.js';

const requestsAtOnce = 200;
const fits = 37;
const credits = 11;

/**
 * Lets 200 accounts redeem a voucher for 37 of them at once, repeatedly with a new one, at two servers on one PostgreSQL; each account
 * sends its code to both. Exactly 37 redeem it, each of them once.
 */
export async function raceForVouchers(
  storage: Storage,
  { rounds }: { rounds: number },
): Promise<{ kept: number; of: number; errors: string[] }> {
  const environment = { ...storage.environment, STARTING_TOKENS: '0' };
  const shop = await startMetered(storage, environment, {
    makeAccounts: () => Promise.resolve([]),
    chatters: 0,
  });
  const servers = [shop.server, await startServer(environment)];
  const accounts = await registerMany(shop.server.url, 'redeemer', requestsAtOnce);
  const { authToken } = await logIn(shop.server.url, 'root');
  const report = { kept: 0, of: rounds, errors: [] as string[] };
  const uses = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const body = { count: 1, credits, max_redemptions: fits };
    const created = await call<{ codes: string[] }>(shop.server.url, '/api/admin/vouchers/', {
      authToken,
      body,
    });
    expectStatus(created, 201);
    const [code = ''] = created.body.codes;
    const redemptions = accounts.map(async (account) => {
      const sent = await Promise.all(servers.map(({ url }) => redeem(url, account, code)));
      const done = sent.filter(({ status }) => status === 200).length;
      uses.set(account.username, (uses.get(account.username) ?? 0) + done);
      return done;
    });
    const results = await Promise.all(redemptions);
    const redeemed = results.reduce((sum, done) => sum + done, 0);
    const twice = results.filter((done) => done > 1).length;
    if (redeemed === fits && twice === 0) report.kept += 1;
    else report.errors.push(`${redeemed} redeemed it, ${twice} of them twice`);
  }
  for (const account of accounts) {
    const { tokens } = await balanceOf(shop.server.url, account);
    const expected = credits * (uses.get(account.username) ?? 0);
    if (tokens !== expected) report.errors.push(`${account.username} has ${tokens} in place of ${expected}`);
  }
  for (const each of servers) await each.terminate();
  report.errors.push(...(await ledgerErrors(storage)).errors);
  return report;
}

/** On a busy machine, those who wait too long for the others get 503: as a person does, they try again. */
async function redeem(url: string, { authToken }: Account, code: string): Promise<TestResponse<unknown>> {
  for (;;) {
    const sent = await call(url, '/api/vouchers/redeem/', { authToken, body: { code } });
    if (sent.status !== 503) return sent;
  }
}
