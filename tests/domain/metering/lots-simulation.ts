import type { Allowance } from '../../../src/domain/metering/allowance.js';
import { bySpendingOrder, hasExpired, newLot, type Lot } from '../../../src/domain/metering/lot.js';
import {
  allowanceAt,
  dueAt,
  takeFromLots,
  updateLots,
  type LotUse,
} from '../../../src/domain/metering/update-lots.js';

/** One step of the history of an account. Holds are named by their number, in the order in which they were tried. */
export type Step =
  | { do: 'wait'; minutes: number }
  | { do: 'grant'; amount: number; priority: number; expiresInMinutes: number | null }
  | { do: 'remove'; amount: number; named: number }
  | { do: 'hold'; amount: number }
  | { do: 'settle'; hold: number; share: number }
  | { do: 'release'; hold: number }
  | { do: 'touch' };

interface Hold {
  id: string;
  held: number;
  madeAt: Date;
  state: 'open' | 'ended';
  captured: number;
}

const minuteMs = 60_000;
const firstMoment = Date.UTC(2026, 10, 29, 12);

/** Ids that sort in the order in which they are made. */
function idsOf(prefix: string): () => string {
  let made = 0;
  return () => `${prefix}-${String((made += 1)).padStart(6, '0')}`;
}

/** What really happened in a history: steps that were refused are left out. */
export type Event =
  | { at: Date; did: 'lot'; lot: Lot }
  | { at: Date; did: 'removed'; amount: number; named: string | null }
  | { at: Date; did: 'held'; id: string; held: number }
  | { at: Date; did: 'ended'; id: string; captured: number };

/** The state of an account whose lots are brought up to date by `updateLots`, as a store would call it. */
export interface Account {
  now: Date;
  balance: number;
  lots: Lot[];
  allLots: Map<string, Lot>;
  uses: LotUse[];
  holds: Hold[];
  due: Date | null;
  expired: number;
  added: number;
  charged: number;
  removed: number;
  updates: number;
  events: Event[];
}

/**
 * Plays a history. With `eagerly`, the lots are brought up to date after every minute and every step; else only if
 * something is due when credits are held, and when credits are added or removed.
 */
export function play(
  steps: readonly Step[],
  options: { eagerly: boolean; allowance?: Allowance | null; onUpdate?: (account: Account) => void },
): Account {
  const { eagerly, allowance = null } = options;
  const [nextLotId, nextHoldId] = [idsOf('lot'), idsOf('hold')];
  const account: Account = {
    now: new Date(firstMoment),
    balance: 0,
    lots: [],
    allLots: new Map(),
    uses: [],
    holds: [],
    due: allowance === null ? null : new Date(0),
    expired: 0,
    added: 0,
    charged: 0,
    removed: 0,
    updates: 0,
    events: [],
  };
  const openHolds = () => account.holds.filter(({ state }) => state === 'open');
  const addLot = (lot: Lot) => {
    account.added += lot.amount;
    account.allLots.set(lot.id, lot);
    account.events.push({ at: account.now, did: 'lot', lot: { ...lot } });
  };
  const remember = (lots: readonly Lot[]) => {
    for (const lot of lots) account.allLots.set(lot.id, lot);
  };
  function update(gives: boolean) {
    const endedHolds = account.holds.filter(
      ({ id, state }) => state === 'ended' && account.uses.some(({ holdId }) => holdId === id),
    );
    const isGiven = (name: string) => [...account.allLots.values()].some(({ period }) => period === name);
    const given = allowanceAt(allowance, account.now, 'UTC', isGiven);
    const { lots, uses, balance, ...updated } = updateLots(
      { ...account, openHolds: openHolds(), endedHolds, uncovered: 0 },
      account.now,
      gives ? given : null,
      nextLotId,
    );
    remember(updated.changed);
    for (const { kind, lot, amount } of updated.entries) {
      if (kind === 'allowance') addLot(lot);
      else account.expired -= amount;
    }
    Object.assign(account, { lots, uses, balance, updates: account.updates + 1 });
    account.due = dueAt(lots, given && { ...given, isGiven: isGiven(given.period.name) }, account.now);
    options.onUpdate?.(account);
  }
  for (const step of steps) {
    playStep(step);
    if (eagerly) update(false);
  }
  // The ends of all holds, so that what they kept is settled.
  for (const hold of openHolds()) end(hold, 0);
  update(false);
  return account;

  function makeKeptDue() {
    if (account.uses.length > 0) account.due = account.now;
  }
  function end(hold: Hold, captured: number) {
    account.balance += hold.held - captured;
    account.charged += captured;
    if (captured !== hold.held) makeKeptDue();
    Object.assign(hold, { state: 'ended', captured });
    account.events.push({ at: account.now, did: 'ended', id: hold.id, captured });
  }
  function playStep(step: Step) {
    switch (step.do) {
      case 'wait':
        for (let minute = 0; minute < step.minutes; minute += 1) {
          account.now = new Date(account.now.getTime() + minuteMs);
          if (eagerly) update(false);
        }
        return;
      case 'grant': {
        update(false);
        const { amount, priority, expiresInMinutes } = step;
        const expiresAt =
          expiresInMinutes === null ? null : new Date(account.now.getTime() + expiresInMinutes * minuteMs);
        const lot = { ...newLot('grant', amount, account.now, nextLotId()), priority, expiresAt };
        account.lots.push(lot);
        account.balance += amount;
        addLot(lot);
        account.due =
          account.due === null || (expiresAt && expiresAt < account.due) ? expiresAt : account.due;
        makeKeptDue();
        return;
      }
      case 'remove': {
        update(false);
        if (step.amount > account.balance) return;
        const named = [...account.allLots.keys()].at(step.named % (account.allLots.size || 1)) ?? null;
        remember(takeFrom(step.amount, named));
        account.balance -= step.amount;
        account.removed += step.amount;
        account.events.push({ at: account.now, did: 'removed', amount: step.amount, named });
        return;
      }
      case 'hold': {
        if (account.due !== null && account.due <= account.now) update(true);
        const hold = { id: nextHoldId(), held: step.amount, madeAt: account.now, state: 'open', captured: 0 };
        if (step.amount > account.balance) return;
        account.balance -= step.amount;
        account.holds.push(hold as Hold);
        account.events.push({ at: account.now, did: 'held', id: hold.id, held: step.amount });
        return;
      }
      case 'settle':
      case 'release': {
        const open = openHolds();
        const hold = open.at(step.hold % (open.length || 1));
        if (hold !== undefined) end(hold, step.do === 'settle' ? Math.floor(hold.held * step.share) : 0);
        return;
      }
      case 'touch':
        update(false);
    }
  }
  function takeFrom(amount: number, named: string | null): Lot[] {
    const changed = takeFromLots(account.lots, amount, named, account.now);
    account.lots = account.lots.map((lot) => changed.find(({ id }) => id === lot.id) ?? lot);
    return changed;
  }
}

/**
 * Attributes every credit of a history at its moment, in the plainest way. Returns what is left of each lot at the end and
 * how much has expired, or null if the credits of the history are not enough by these rules.
 */
export function attributeExactly(
  events: readonly Event[],
  end: Date,
): { left: Map<string, number>; expired: number } | null {
  const lots: Lot[] = [];
  const openHolds = new Map<string, { madeAt: Date; held: number }>();
  let expired = 0;
  const take = (amount: number, from: readonly Lot[]) => {
    let missing = amount;
    for (const lot of [...from].sort(bySpendingOrder)) {
      const taken = Math.min(lot.left, missing);
      lot.left -= taken;
      missing -= taken;
    }
    return missing === 0;
  };
  const validAt = (at: Date, from: readonly Lot[]) => from.filter((lot) => !hasExpired(lot, at));
  /** Removes from the expired lots what the open holds would not take. */
  const expire = (now: Date) => {
    const rest = lots.map((lot) => ({ ...lot }));
    for (const { madeAt, held } of openHolds.values()) take(held, validAt(madeAt, rest));
    for (const [index, { left }] of rest.entries()) {
      const lot = lots[index];
      if (lot === undefined || !hasExpired(lot, now)) continue;
      lot.left -= left;
      expired += left;
    }
  };
  const expiries = new Set<number>();
  const expireUntil = (at: Date) => {
    for (const moment of [...expiries].sort((left, right) => left - right)) {
      if (moment > at.getTime()) return;
      expire(new Date(moment));
      expiries.delete(moment);
    }
  };
  for (const event of events) {
    expireUntil(event.at);
    let isEnough = true;
    switch (event.did) {
      case 'lot':
        lots.push({ ...event.lot });
        if (event.lot.expiresAt !== null) expiries.add(event.lot.expiresAt.getTime());
        break;
      case 'held':
        openHolds.set(event.id, { madeAt: event.at, held: event.held });
        break;
      case 'removed': {
        const valid = validAt(event.at, lots);
        const named = valid.find(({ id }) => id === event.named);
        const fromNamed = Math.min(named?.left ?? 0, event.amount);
        if (named !== undefined) named.left -= fromNamed;
        isEnough = take(event.amount - fromNamed, valid);
        break;
      }
      case 'ended': {
        isEnough = take(event.captured, validAt(openHolds.get(event.id)?.madeAt ?? end, lots));
        openHolds.delete(event.id);
      }
    }
    if (!isEnough) return null;
    expire(event.at);
  }
  expireUntil(end);
  return { left: new Map(lots.map(({ id, left }) => [id, left])), expired };
}
