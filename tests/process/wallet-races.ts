import { postgresStores } from '../../src/adapters/postgres/postgres-stores.js';
import { allEntries, createAccount, newId } from '../../src/testing/accounts.js';
import { newCap } from '../../src/testing/caps/new-cap.js';
import type { Stores } from '../../src/ports/stores.js';
import { call } from './api-client.js';
import type { Metered } from './metered-program.js';
import { startMetered } from './metered-program.js';
import { startServer } from './server-process.js';
import { ledgerErrors, type Storage } from './storage.js';

const requestsAtOnce = 200;
const credits = 10;
const fits = 37;
const enoughFor = fits * credits + 3;

/** How the credits of an account are limited: `enoughFor` can be spent. Returns the id of the account. */
const limits = {
  'the last lot': async (stores: Stores) => {
    const userId = await createAccount(stores, enoughFor);
    const expired = { expiresAt: new Date(Date.now() + 200), priority: 0 };
    const grant = { id: newId(), userId, kind: 'grant', amount: 5000, reason: 'Spring' } as const;
    await stores.creditLedger.post({ ...grant, lot: expired });
    return userId;
  },
  'a cap': async (stores: Stores) => {
    const userId = await createAccount(stores, 1_000_000);
    await stores.capStore.set(newCap(userId, { limit: enoughFor }));
    return userId;
  },
  'an allowance': async (stores: Stores) => {
    const userId = await createAccount(stores, 0);
    await stores.lotLedger.setAllowance(userId, { amount: enoughFor, every: 'day' });
    return userId;
  },
};

export type LimitOfRace = keyof typeof limits;
export const limitsOfRaces = Object.keys(limits) as LimitOfRace[];

/** The results of a race: how often it ended as it must, of how many, and what went wrong. */
export interface WalletRaceReport {
  kept: number;
  of: number;
  errors: string[];
}

/**
 * Sends 200 charges and holds at once to `servers` servers on one storage, repeatedly, for an account whose credits are
 * limited: exactly as many succeed as fit. Then 50 first uses of an allowance at once: it is given once.
 */
export async function raceForWallets(
  storage: Storage,
  options: { servers: number; rounds: number; limit: LimitOfRace },
): Promise<WalletRaceReport> {
  const { servers, rounds, limit } = options;
  const makeAccounts = (stores: Stores) =>
    Promise.all(Array.from({ length: rounds }, () => limits[limit](stores)));
  const { server, serviceKey, userIds } = await startMetered(storage, storage.environment, {
    makeAccounts,
    chatters: 0,
  });
  const others = Array.from({ length: servers - 1 }, () => startServer(storage.environment));
  const running = [server, ...(await Promise.all(others))];
  const take = (userId: string, index: number, amount: number) =>
    call<Metered>(
      running[index % running.length]?.url ?? '',
      `/api/admin/users/${userId}/${index % 3 === 0 ? 'holds' : 'spend'}/`,
      { authToken: serviceKey, body: { action: 'image.generate', amount } },
    );
  const report: WalletRaceReport = { kept: 0, of: rounds, errors: [] };
  for (const userId of userIds) {
    const firstUses =
      limit === 'an allowance' ? Array.from({ length: 50 }, (_, index) => take(userId, index, 0)) : [];
    const first = (await Promise.all(firstUses)).filter(({ status }) => status !== 201);
    const requests = Array.from({ length: requestsAtOnce }, (_, index) => take(userId, index, credits));
    const statuses = (await Promise.all(requests)).map(({ status }) => status);
    const taken = statuses.filter((status) => status === 201).length;
    const refused = statuses.filter((status) => status === 402).length;
    if (first.length === 0 && taken === fits && refused === requestsAtOnce - fits) report.kept += 1;
    else report.errors.push(`${taken} were taken and ${refused} refused, ${first.length} first uses failed`);
  }
  for (const each of running) await each.terminate();
  report.errors.push(...(await ledgerErrors(storage)).errors);
  if (limit === 'an allowance') {
    const given = await storage.withDatabase((database) => allowancesOf(postgresStores(database), userIds));
    for (const count of given) if (count !== 1) report.errors.push(`${count} allowances were given`);
  }
  return report;
}

async function allowancesOf(stores: Stores, userIds: readonly string[]): Promise<number[]> {
  const counts: number[] = [];
  for (const userId of userIds) {
    const entries = await allEntries(stores, userId);
    counts.push(entries.filter(({ kind }) => kind === 'allowance').length);
  }
  return counts;
}
