import type { InvariantName } from '../../domain/ledger/invariants.js';
import { hasExpired, type Lot } from '../../domain/metering/lot.js';
import type { Clock } from '../../ports/clock.js';
import type { LedgerAudit } from '../../ports/ledger-audit.js';
import { countBrokenVouchers } from './broken-vouchers.js';
import { sumOfWindow } from './cap-counters.js';
import { brokenPayments } from './payment-audit.js';
import type { Account, StoredExchange } from './account-state.js';
import { runAtomically, type MemoryState } from './state.js';

/** How often each invariant is broken within one account. Sums are bigints, because they can exceed 2^53 − 1. */
const brokenCounts: Record<
  Exclude<InvariantName, 'vouchers_redeemed_once'>,
  (account: Account, now: Date) => number
> = {
  balances_match_entries: (account) =>
    Number(
      BigInt(account.balance) !== sum(account.entries.values(), ({ amount }) => amount) - openHolds(account),
    ),
  no_negative_balance: ({ balance }) => Number(balance < 0),
  holds_end_once: (account) => {
    const charges = chargesByExchange(account);
    return count(account, (stored) => !endsOnce(stored, charges.get(stored.exchange.id) ?? 0));
  },
  captures_within_holds: (account) => count(account, ({ exchange }) => !isWithinHold(exchange)),
  charges_match_replies: (account) => chargesWithoutReply(account) + repliesWithoutCharge(account),
  entries_append_only: ({ entries }) =>
    [...entries.values()].filter((entry) => !Object.isFrozen(entry)).length,
  idempotency_keys_unique: ({ exchanges }) => {
    const keys = Array.from(exchanges.values(), ({ idempotencyKey }) => idempotencyKey);
    const claimed = keys.filter((key) => key !== null);
    return claimed.length - new Set(claimed).size;
  },
  credits_conserved: (account) => {
    const granted = sum(account.entries.values(), ({ kind, amount }) => (kind === 'charge' ? 0 : amount));
    const charged = sum(account.exchanges.values(), ({ exchange }) => exchange.captured ?? 0);
    return Number(granted !== BigInt(account.balance) + openHolds(account) + charged);
  },
  lots_match_balances: (account) => Number(!lotsMatchBalance(account)),
  lots_end_in_time: (account, now) =>
    [...account.lots.values()].filter((lot) => !endsInTime(account, lot, now)).length,
  allowances_given_once: ({ lots, entries }) => {
    const periods = [...lots.values()].flatMap(({ period }) => (period === null ? [] : [period]));
    const withoutLot = [...entries.values()].filter(
      ({ kind, id }) => kind === 'allowance' && (lots.get(id)?.period ?? null) === null,
    );
    return periods.length - new Set(periods).size + withoutLot.length;
  },
  caps_match_exchanges: (account) => {
    const counters = [...account.capCounters.values()];
    const wrong = counters.filter((counter) => counter.counted !== sumOfWindow(account, counter)).length;
    return account.hasCaps ? wrong : counters.length + account.caps.size;
  },
  payments_credited_once: brokenPayments,
};

/** After an expiry, what is left must have left its lot, unless earlier holds may take it. */
const graceMs = 2 * 60 * 1000;

function lotsMatchBalance(account: Account): boolean {
  const { balance, lots, lotsTotal, entries } = account;
  if (lotsTotal === null) return lots.size === 0;
  const rest = sum(lots.values(), ({ left }) => left);
  const total = sum(lots.values(), ({ amount }) => amount);
  const added = sum(entries.values(), ({ amount }) => Math.max(0, amount));
  const spendable = BigInt(balance) + openHolds(account);
  return BigInt(lotsTotal) === rest && total <= added && spendable <= rest + added - total;
}

function endsInTime(account: Account, lot: Lot, now: Date): boolean {
  const { left, amount } = lot;
  if (left < 0 || left > amount) return false;
  const before = new Date(now.getTime() - graceMs);
  if (left === 0 || !hasExpired(lot, before)) return true;
  const uses = account.lotUses.filter(({ lotId }) => lotId === lot.id);
  const mayTake = sum(uses, ({ holdId }) => {
    const stored = account.exchanges.get(holdId);
    return stored && (stored.endedAt === null || stored.endedAt > before) ? stored.exchange.held : 0;
  });
  return BigInt(left) <= mayTake;
}

/** Checks the ledger in memory. */
export function memoryLedgerAudit(state: MemoryState, clock: Pick<Clock, 'now'>): LedgerAudit {
  const total = (countIn: (account: Account, now: Date) => number) => {
    const now = clock.now();
    return [...state.accounts.values()].reduce((found, account) => found + countIn(account, now), 0);
  };
  const overdueHolds = () => {
    const nowMs = clock.now().getTime();
    return total((account) =>
      count(account, ({ exchange, deadlineMs }) => exchange.holdState === 'open' && deadlineMs <= nowMs),
    );
  };
  return {
    inspect: () =>
      runAtomically(() => {
        const counts = Object.entries(brokenCounts).map(([name, countIn]) => [name, total(countIn)]);
        return {
          broken: {
            ...(Object.fromEntries(counts) as Record<keyof typeof brokenCounts, number>),
            vouchers_redeemed_once: countBrokenVouchers(state),
          },
          overdueHolds: overdueHolds(),
        };
      }),
    openHolds: () =>
      runAtomically(() => ({
        open: total((account) => count(account, ({ exchange }) => exchange.holdState === 'open')),
        overdue: overdueHolds(),
      })),
  };
}

function sum<Item>(items: Iterable<Item>, creditsOf: (item: Item) => number): bigint {
  let total = 0n;
  for (const item of items) total += BigInt(creditsOf(item));
  return total;
}

function count({ exchanges }: Account, matches: (stored: StoredExchange) => boolean): number {
  return [...exchanges.values()].filter(matches).length;
}

function openHolds({ exchanges }: Account): bigint {
  return sum(exchanges.values(), ({ exchange }) => (exchange.holdState === 'open' ? exchange.held : 0));
}

function isWithinHold({ captured, held, taken, uncollected }: StoredExchange['exchange']): boolean {
  if (taken < 0 || uncollected < 0) return false;
  if (taken > 0 || uncollected > 0) return captured === held + taken;
  return captured === null || (captured >= 0 && captured <= held);
}

function chargesByExchange({ entries }: Account): Map<string | null, number> {
  const charges = new Map<string | null, number>();
  for (const { exchangeId } of entries.values()) charges.set(exchangeId, (charges.get(exchangeId) ?? 0) + 1);
  return charges;
}

function endsOnce({ exchange, endedAt }: StoredExchange, charges: number): boolean {
  const isOpen = exchange.holdState === 'open';
  const isCaptured = exchange.holdState === 'captured';
  const isImported = exchange.holdState === 'none';
  return (
    isImported === (exchange.status === 'imported') &&
    !(isImported && exchange.held !== 0) &&
    isOpen === (endedAt === null) &&
    isOpen === (exchange.status === 'pending') &&
    isCaptured === (exchange.captured !== null) &&
    charges === Number(isCaptured)
  );
}

function chargesWithoutReply({ entries, exchanges }: Account): number {
  return [...entries.values()].filter(({ kind, exchangeId, amount }) => {
    const exchange = exchanges.get(exchangeId ?? '')?.exchange;
    return kind === 'charge' && !(exchange?.captured === 0 - amount && exchange.reply !== null);
  }).length;
}

function repliesWithoutCharge(account: Account): number {
  const charges = chargesByExchange(account);
  return count(
    account,
    ({ exchange }) =>
      exchange.status === 'completed' && !(charges.has(exchange.id) && exchange.reply !== null),
  );
}
