import { bySpendingOrder, newLot, type Lot } from '../metering/lot.js';
import { entryKinds, maxCredits, type EntryKind } from './entry.js';

/** The entries of a month that are alike, as one sum. */
export interface StatementLine {
  kind: EntryKind;
  /** What a charge is for; null for other entries. */
  action: string | null;
  /** The model that replied to a chat; null for other entries. */
  model: string | null;
  /** Credits, signed. */
  amount: number;
  /** How many entries there are. */
  count: number;
}

/** What the chats of a conversation with one model cost in a month. */
export interface StatementConversation {
  /** Null for chats without a conversation, as those of the OpenAI-compatible API. */
  conversationId: string | null;
  /** Null without a conversation, and if it was erased. */
  title: string | null;
  /** The model that replied. */
  model: string;
  /** Credits, signed: negative if they were spent. */
  amount: number;
  /** How many chats were charged. */
  count: number;
}

/** How many conversations a statement has at most. */
export const maxStatementConversations = 100;

/** A lot that had credits in a month: `opening` + `received` − `gave` − `expired` = `closing`. */
export interface StatementLot extends Omit<Lot, 'left' | 'period'> {
  /** Credits that were left when the month began. */
  opening: number;
  /** Credits that were added to it in the month. */
  received: number;
  /** Credits that were spent or removed in the month. */
  gave: number;
  /** Credits that expired in the month. */
  expired: number;
  /** Credits that were left when the month ended, or are left now. */
  closing: number;
}

/** What an account had, was given and spent in a month. `opening` plus all amounts of `lines` is `closing`. */
export interface Statement {
  /** Such as `2026-11`, by the time zone of the policy. */
  month: string;
  /** When the month began. */
  from: Date;
  /** When it ends: no entry of this moment is part of it. */
  to: Date;
  /** The sum of all entries before the month: the balance and the open holds when it began. */
  opening: number;
  lines: StatementLine[];
  /** What the charges of chats were for: at most `maxStatementConversations`, the dearest first. */
  conversations: StatementConversation[];
  /** The sum of all entries up to the end of the month; until then, the balance and the open holds. */
  closing: number;
  /** In the order in which they were spent. */
  lots: StatementLot[];
}

/** What a statement is made from, of one moment. Sums can exceed 2^53 − 1. */
export interface StatementFacts {
  /** The sum of all entries before the range. */
  opening: bigint;
  lines: readonly (Omit<StatementLine, 'amount'> & { amount: bigint })[];
  /** The dearest of the range, at most `maxStatementConversations`. */
  conversations: readonly (Omit<StatementConversation, 'amount'> & { amount: bigint })[];
  /** The lots that were added before the end of the range. */
  lots: readonly Omit<Lot, 'left'>[];
  /** What was left of the lots whenever it was written, the oldest first: from the last time before the range on, to now. */
  changes: readonly { lotId: string; at: Date; left: number }[];
  /** What expired of the lots since the range began. */
  expiries: readonly { lotId: string; at: Date; amount: number }[];
  /** What was given to the account in all, and since when: that is its opening lot while it has no others. */
  given: { amount: bigint; since: Date };
}

/** Makes the statement of an account. Sums that a number does not represent exactly become several lines of a kind. */
export function statementOf(
  facts: StatementFacts,
  { userId, month, from, to }: { userId: string; month: string; from: Date; to: Date },
): Statement {
  const { opening, lines } = facts;
  const closing = lines.reduce((sum, { amount }) => sum + amount, opening);
  return {
    ...{ month, from, to },
    opening: Number(opening),
    lines: lines.flatMap(inNumbers).sort(byKind),
    conversations: facts.conversations.flatMap(inNumbers),
    closing: Number(closing),
    lots: lotsOf(facts, { userId, from, to }, closing),
  };
}

function lotsOf(
  facts: StatementFacts,
  { userId, from, to }: { userId: string; from: Date; to: Date },
  closing: bigint,
): StatementLot[] {
  const isIn = (moment: Date) => moment >= from && moment < to;
  const hasOpening = facts.lots.some(({ kind }) => kind === 'opening');
  const lots = hasOpening ? facts.lots : [...facts.lots, openingLot(userId, facts.given)];
  const before = leftAt(lots, facts, from, Number(facts.opening));
  const after = leftAt(lots, facts, to, Number(closing));
  const isNew = ({ kind, createdAt }: Omit<Lot, 'left'>) => kind !== 'opening' && isIn(createdAt);
  const received = facts.lines.reduce((sum, { amount }) => (amount > 0n ? sum + amount : sum), 0n);
  const receivedByNew = lots.filter(isNew).reduce((sum, { amount }) => sum + amount, 0);
  const receivedBy = (lot: Omit<Lot, 'left'>) => {
    if (isNew(lot)) return lot.amount;
    return lot.kind === 'opening' ? Math.max(0, Number(received) - receivedByNew) : 0;
  };
  return lots
    .map((lot) => ({ ...lot, left: 0 }))
    .sort(bySpendingOrder)
    .map((lot): StatementLot => {
      const { id, kind, amount, priority, expiresAt, createdAt } = lot;
      const expired = sumOf(facts.expiries.filter(({ lotId, at }) => lotId === id && isIn(at)));
      const gained = receivedBy(lot);
      const [had, has] = [before.get(id) ?? 0, after.get(id) ?? 0];
      return {
        ...{ id, kind, amount, priority, expiresAt, createdAt },
        ...{ opening: had, received: gained, gave: had + gained - expired - has, expired, closing: has },
      };
    })
    .filter((lot) => lot.opening + lot.received + lot.closing > 0);
}

/** All credits of an account that has no lots are one lot, which has the id of the account. */
function openingLot(userId: string, { amount, since }: StatementFacts['given']): Lot {
  const most = BigInt(maxCredits);
  return newLot('opening', Number(amount > most ? most : amount), since, userId);
}

/**
 * Returns what was left of each lot at a moment. That is known of the moments before and after it at which it was written.
 * Between them credits were only taken: in spending order, as far as the later moment permits it, until the account had
 * `total` left. What no lot covers belongs to the opening lot.
 */
function leftAt(
  lots: readonly Omit<Lot, 'left'>[],
  { changes, expiries }: Pick<StatementFacts, 'changes' | 'expiries'>,
  moment: Date,
  total: number,
): Map<string, number> {
  const isWrittenLater = changes.some(({ at }) => at >= moment);
  const known = lots.map((lot) => {
    const ofLot = changes.filter(({ lotId }) => lotId === lot.id);
    const left = ofLot.findLast(({ at }) => at < moment)?.left ?? 0;
    const later = ofLot.find(({ at }) => at >= moment);
    if (later === undefined) return { ...lot, left, least: isWrittenLater ? left : 0 };
    const expiredOf = expiries.filter(({ lotId, at }) => lotId === lot.id && at >= moment);
    const expiredBefore = sumOf(expiredOf.filter(({ at }) => at < later.at));
    const expiredWith = sumOf(expiredOf.filter(({ at }) => at <= later.at));
    // Of several writes and expiries at one time, only the last write is known to be after all of these expiries.
    const last = ofLot.findLast(({ at }) => at.getTime() === later.at.getTime()) ?? later;
    return { ...lot, left, least: Math.max(later.left + expiredBefore, last.left + expiredWith) };
  });
  known.sort(bySpendingOrder);
  let taken = known.reduce((sum, { left }) => sum + left, 0) - total;
  const opening = known.find(({ kind }) => kind === 'opening');
  if (taken < 0 && opening !== undefined) opening.left -= taken;
  for (const permitted of [true, false]) {
    for (const lot of known) {
      const part = Math.min(Math.max(0, lot.left - (permitted ? lot.least : 0)), Math.max(0, taken));
      lot.left -= part;
      taken -= part;
    }
  }
  return new Map(known.map(({ id, left }) => [id, left]));
}

function sumOf(expiries: StatementFacts['expiries']): number {
  return expiries.reduce((sum, { amount }) => sum + amount, 0);
}

/** Makes several sums of one that a number does not represent exactly. */
function inNumbers<Sum extends { amount: bigint; count: number }>(
  sum: Sum,
): (Omit<Sum, 'amount'> & { amount: number })[] {
  const { amount, ...line } = sum;
  const lines: (Omit<Sum, 'amount'> & { amount: number })[] = [];
  let rest = amount;
  do {
    const part = clamp(rest);
    rest -= part;
    lines.push({ ...line, amount: Number(part), count: lines.length === 0 ? line.count : 0 });
  } while (rest !== 0n);
  return lines;
}

function clamp(amount: bigint): bigint {
  const most = BigInt(maxCredits);
  if (amount > most) return most;
  return amount < -most ? -most : amount;
}

function byKind(left: StatementLine, right: StatementLine): number {
  return (
    entryKinds.indexOf(left.kind) - entryKinds.indexOf(right.kind) ||
    compare(left.action, right.action) ||
    compare(left.model, right.model)
  );
}

function compare(left: string | null, right: string | null): number {
  if (left === right) return 0;
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
