import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';
import type { Lot } from '../../../src/domain/metering/lot.js';
import { noWalletRules } from '../../../src/domain/metering/wallet-rules.js';
import type { Stores } from '../../../src/ports/stores.js';
import {
  allEntries,
  entryIds,
  expectSound,
  newId,
  releaseOf,
  reserveRequest,
  settlementOf,
} from '../../../src/testing/accounts.js';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { newCap } from '../../../src/testing/caps/new-cap.js';
import { seededRandom } from '../../../src/testing/seeded-random.js';
import { chosenSeed } from '../../seed.js';
import { embeddedTestDatabase, postgresAt, postgresTestDatabase } from '../../setup/databases.js';
import { migrationsDirectory } from '../../setup/migrations-directory.js';
import { earlierLedger, type EarlierLedger } from './version-0.1/ledger.js';
import { lastMigration } from './version-0.1/statements.js';

const opening = 100_000;
const accountCount = 4;
const workersEach = 3;
const roundsPerWorker = 25;

/** What both versions do to credits. */
type Version = Omit<EarlierLedger, 'open' | 'expireDue'>;

/** The program of today, by its stores. */
function currentVersion({ holdLedger, creditLedger }: Stores): Version {
  return {
    reserve: async (userId, hold) => {
      const request = reserveRequest(userId, { hold });
      const { outcome } = await holdLedger.reserve(request);
      expect(['reserved', 'insufficient']).toContain(outcome);
      return outcome === 'reserved' ? request.exchangeId : null;
    },
    settle: async (userId, exchangeId, capture) =>
      (await holdLedger.settle(settlementOf({ userId, exchangeId }, capture))).outcome === 'settled',
    release: async (userId, exchangeId) =>
      (await holdLedger.release(releaseOf({ userId, exchangeId }))).outcome === 'released',
    renew: (userId, exchangeId) => holdLedger.renew({ userId, exchangeId }, 60 * 60 * 1000),
    post: async (userId, amount) => {
      const kind = amount > 0 ? 'grant' : 'adjustment';
      const { outcome } = await creditLedger.post({ id: newId(), userId, kind, amount, reason: null });
      return outcome === 'posted';
    },
    balance: async (userId) => (await creditLedger.balance(userId)) ?? undefined,
  };
}

/** Holds that either version may end, and what was given to and taken from each account. */
interface Books {
  open: { userId: string; holdId: string; hold: number }[];
  changes: Map<string, number>;
  count: number;
}

/** Does one random thing, and records it. Holds that one version made are often ended by the other. */
async function step(
  version: Version,
  books: Books,
  userIds: readonly string[],
  random: (below: number) => number,
): Promise<void> {
  const change = (userId: string, amount: number) => {
    books.changes.set(userId, (books.changes.get(userId) ?? 0) + amount);
  };
  const userId = userIds[random(userIds.length)] ?? '';
  books.count += 1;
  switch (random(6)) {
    case 0: {
      const amount = random(2) === 0 ? 500 : -200;
      if (await version.post(userId, amount)) change(userId, amount);
      return;
    }
    case 1:
      expect((await version.balance(userId))?.balance).toBeGreaterThanOrEqual(0);
      return;
    case 2:
    case 3: {
      const hold = 1 + random(300);
      const holdId = await version.reserve(userId, hold);
      if (holdId !== null) books.open.push({ userId, holdId, hold });
      return;
    }
    default: {
      const [taken] = books.open.splice(random(books.open.length), 1);
      if (taken === undefined) return;
      if (random(3) === 0) {
        expect(await version.release(taken.userId, taken.holdId)).toBe(true);
        return;
      }
      expect(await version.renew(taken.userId, taken.holdId)).toBe(true);
      const capture = random(2) === 0 ? taken.hold : random(taken.hold);
      expect(await version.settle(taken.userId, taken.holdId, capture)).toBe(true);
      change(taken.userId, -capture);
    }
  }
}

/** Ends every hold, and compares each balance with what was done. */
async function expectExactBooks(stores: Stores, books: Books, userIds: readonly string[]): Promise<void> {
  for (const { userId, holdId } of books.open.splice(0)) {
    expect(await currentVersion(stores).release(userId, holdId)).toBe(true);
  }
  for (const userId of userIds) {
    const balance = opening + (books.changes.get(userId) ?? 0);
    expect(await stores.creditLedger.balance(userId)).toEqual({ balance, held: 0 });
    const entries = await allEntries(stores, userId);
    expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance);
  }
  await expectSound(stores);
}

const allowance = { amount: 70, every: 'day' } as const;

/** Sets a cap that is never reached and an allowance, and grants credits that soon expire, until `isOver`. */
async function useWallet(stores: Stores, books: Books, userId: string, isOver: () => boolean): Promise<void> {
  const { capStore, lotLedger, creditLedger } = stores;
  await capStore.set(newCap(userId, { limit: 100 * opening }));
  await lotLedger.setAllowance(userId, allowance);
  while (!isOver()) {
    const entry = { id: newId(), userId, kind: 'grant', amount: 300, reason: null } as const;
    const lot = { expiresAt: new Date(Date.now() + 100), priority: books.count % 100 };
    if ((await creditLedger.post({ ...entry, lot })).outcome === 'posted') {
      books.changes.set(userId, (books.changes.get(userId) ?? 0) + entry.amount);
    }
    await creditLedger.balance(userId, { rules: noWalletRules, ids: entryIds });
  }
}

/** Ends every hold, lets everything expire, and compares each balance with what was done, was given and has expired. */
async function expectExactWallets(stores: Stores, books: Books, userIds: readonly string[]): Promise<void> {
  for (const { userId, holdId } of books.open.splice(0)) {
    expect(await currentVersion(stores).release(userId, holdId)).toBe(true);
  }
  for (const userId of userIds) {
    await awaitUntil('nothing is left of what has expired', 10_000, async () => {
      await stores.lotLedger.expireLots(entryIds);
      const left = await lotsOf(stores, userId);
      return left.some(({ expiresAt, period }) => expiresAt !== null && period === null) ? null : true;
    });
    const entries = await allEntries(stores, userId);
    const ofKind = (kind: string) =>
      entries.filter((entry) => entry.kind === kind).map(({ amount }) => amount);
    expect(ofKind('allowance')).toEqual([allowance.amount]);
    const expired = ofKind('expiry').reduce((sum, amount) => sum + amount, 0);
    const balance = opening + (books.changes.get(userId) ?? 0) + allowance.amount + expired;
    expect(await stores.creditLedger.balance(userId)).toEqual({ balance, held: 0 });
    expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance);
    const left = await lotsOf(stores, userId);
    expect(left.reduce((sum, lot) => sum + lot.left, 0)).toBe(balance);
  }
}

async function lotsOf({ lotLedger }: Stores, userId: string): Promise<Lot[]> {
  const page = { limit: 100, before: null };
  return (await lotLedger.lots(userId, page, { onlyLeft: true, ids: entryIds }))?.results ?? [];
}

async function migrationsOfEarlierVersion(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earlier-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of await readdir(migrationsDirectory)) {
    if (Number(name.slice(0, 4)) <= lastMigration) {
      await cp(join(migrationsDirectory, name), join(folder, name));
    }
  }
  return folder;
}

function newBooks(): Books {
  return { open: [], changes: new Map(), count: 0 };
}

async function openAccounts(earlier: EarlierLedger): Promise<string[]> {
  return Promise.all(Array.from({ length: accountCount }, () => earlier.open(opening)));
}

test.each([
  ['embedded', embeddedTestDatabase],
  ['postgres', postgresTestDatabase],
] as const)(
  'statements of version 0.1 and those of today change the same accounts at once, and every balance is exact: %s',
  async (_, open) => {
    const seed = chosenSeed();
    const random = seededRandom(seed);
    const { database, drop } = await open({ isMigrated: true });
    onTestFinished(drop);
    const stores = postgresStores(database);
    const [single, batched] = [{ batches: false }, { batches: true }].map((how) =>
      earlierLedger(database, how),
    );
    if (single === undefined || batched === undefined) throw new TypeError('There are two.');
    const userIds = await openAccounts(single);
    const books = newBooks();
    const versions = [single, batched, currentVersion(stores)];
    await Promise.all(
      versions.flatMap((version) =>
        Array.from({ length: workersEach }, async () => {
          for (let round = 0; round < roundsPerWorker; round += 1)
            await step(version, books, userIds, random);
        }),
      ),
    );
    await expectExactBooks(stores, books, userIds);
    expect(books.count, `seed ${seed}`).toBe(versions.length * workersEach * roundsPerWorker);
  },
);

test('servers of version 0.1 serve without an error while a new one migrates the database and joins them', async () => {
  const seed = chosenSeed();
  const random = seededRandom(seed);
  const { database, url, drop } = await postgresTestDatabase({ isMigrated: false });
  onTestFinished(drop);
  await database.migrate(await migrationsOfEarlierVersion());
  const single = earlierLedger(database, { batches: false });
  const batched = earlierLedger(database, { batches: true });
  const userIds = await openAccounts(single);
  const books = newBooks();
  let isOver = false;
  const work = async (version: Version, random: (below: number) => number) => {
    while (!isOver) await step(version, books, userIds, random);
  };
  const earlierServers = [single, batched, single, batched].map((version) => work(version, random));

  const newDatabase = postgresAt(url, 8);
  const countBefore = books.count;
  const ran = await newDatabase.migrate(migrationsDirectory);
  expect(ran[0]?.slice(0, 4)).toBe(String(lastMigration + 1).padStart(4, '0'));
  const stores = postgresStores(newDatabase);
  const countAfter = books.count;
  const newServers = [1, 2].map(() => work(currentVersion(stores), random));
  while (books.count < countAfter + 200) await database.ping();
  isOver = true;
  await Promise.all([...earlierServers, ...newServers]);
  expect(countAfter, `seed ${seed}`).toBeGreaterThan(countBefore);
  await expectExactBooks(stores, books, userIds);
  await newDatabase.close();
});

test('lots, allowances and caps of accounts that servers of version 0.1 go on to serve are exact, caps when they are counted again', async () => {
  const seed = chosenSeed();
  const random = seededRandom(seed);
  const { database, url, drop } = await postgresTestDatabase({ isMigrated: true });
  onTestFinished(drop);
  const newDatabase = postgresAt(url, 8);
  const stores = postgresStores(newDatabase);
  const earlier = [false, true].map((batches) => earlierLedger(database, { batches }));
  const [first] = earlier;
  if (first === undefined) throw new TypeError('There are two.');
  const userIds = await openAccounts(first);
  const books = newBooks();
  let isOver = false;
  const versions = [...earlier, ...earlier, currentVersion(stores), currentVersion(stores)];
  const work = versions.map(async (version) => {
    while (!isOver) await step(version, books, userIds, random);
  });
  const wallets = userIds.map((userId) => useWallet(stores, books, userId, () => isOver));
  while (books.count < 400) await database.ping();
  isOver = true;
  await Promise.all([...work, ...wallets]);
  expect(books.count, `seed ${seed}`).toBeGreaterThanOrEqual(400);
  await expectExactWallets(stores, books, userIds);
  // As documented: servers of version 0.1 do not count for caps.
  await database.query({ text: 'delete from cap_counters' });
  await expectSound(stores);
  for (const userId of userIds) {
    expect(await currentVersion(stores).reserve(userId, 1)).not.toBeNull();
    const [cap] = (await stores.capStore.states(userId, noWalletRules)) ?? [];
    const charges = (await allEntries(stores, userId)).filter(({ kind }) => kind === 'charge');
    expect(cap?.spent).toBe(charges.reduce((sum, { amount }) => sum - amount, 0) + 1);
  }
  await expectSound(stores);
  await newDatabase.close();
});
