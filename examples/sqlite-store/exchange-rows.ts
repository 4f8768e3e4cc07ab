import type { Database } from 'libsql';
import {
  summarizeAttachments,
  type Attachment,
  type Exchange,
  type ExchangeReference,
  type PartialReply,
} from 'metered-chat';

export interface ExchangeRow {
  id: string;
  user_id: string;
  action: string;
  conversation_id: string | null;
  held: number;
  hold_state: Exchange['holdState'];
  taken: number;
  captured: number | null;
  deadline_ms: number;
  failure: string | null;
  created_ms: number;
  facts: string;
}

/** The part of an exchange that is stored as JSON. */
export type Facts = Omit<
  Exchange,
  | 'id'
  | 'userId'
  | 'action'
  | 'conversationId'
  | 'held'
  | 'holdState'
  | 'taken'
  | 'captured'
  | 'failure'
  | 'createdAt'
  | 'attachments'
> & { attachments: readonly Attachment[] | null };

export function factsOf(row: ExchangeRow): Facts {
  return JSON.parse(row.facts) as Facts;
}

export function exchangeOf(row: ExchangeRow): Exchange {
  const facts = factsOf(row);
  return {
    ...facts,
    attachments: facts.attachments && summarizeAttachments(facts.attachments),
    id: row.id,
    userId: row.user_id,
    action: row.action,
    conversationId: row.conversation_id,
    held: row.held,
    holdState: row.hold_state,
    taken: row.taken,
    captured: row.captured,
    failure: row.failure,
    createdAt: new Date(row.created_ms),
  };
}

/** Returns an exchange whose hold is open; undefined if there is none. */
export function openExchange(database: Database, { userId, exchangeId }: ExchangeReference) {
  const find = `select * from exchanges where user_id = ? and id = ? and hold_state = 'open'`;
  return database.prepare(find).get(userId, exchangeId) as ExchangeRow | undefined;
}

/** Stores the reply of an open exchange so far, unless its texts were erased. */
export function keepPartial(
  database: Database,
  exchange: ExchangeReference,
  partial: PartialReply | null,
): void {
  const row = openExchange(database, exchange);
  if (row === undefined || partial === null) return;
  const facts = factsOf(row);
  if (facts.isErased) return;
  const write = 'update exchanges set facts = ? where id = ?';
  database.prepare(write).run(JSON.stringify({ ...facts, replyParts: null, ...partial }), row.id);
}

/** Returns the held credits of an account. */
export function heldBy(database: Database, userId: string): number {
  const sum = `select coalesce(sum(held), 0) as held from exchanges where user_id = ? and hold_state = 'open'`;
  return (database.prepare(sum).get(userId) as { held: number }).held;
}

/** Returns the balance of an account; undefined if there is none. */
export function balanceOf(database: Database, userId: string): number | undefined {
  const found = database.prepare('select balance from accounts where user_id = ?').get(userId);
  return (found as { balance: number } | undefined)?.balance;
}

/** Returns the balance of an account that is not erased; otherwise undefined. */
export function openBalanceOf(database: Database, userId: string): number | undefined {
  const read = 'select balance from accounts where user_id = ? and closed_ms is null';
  return (database.prepare(read).get(userId) as { balance: number } | undefined)?.balance;
}

/** Returns whether an account was erased. */
export function isErased(database: Database, userId: string): boolean {
  const find = 'select 1 from accounts where user_id = ? and closed_ms is not null';
  return database.prepare(find).get(userId) !== undefined;
}

/** Changes a balance, and returns the new one. */
export function moveBalance(database: Database, userId: string, amount: number): number {
  const move = 'update accounts set balance = balance + ? where user_id = ? returning balance';
  return (database.prepare(move).get(amount, userId) as { balance: number }).balance;
}

/** How a hold ended without a charge. */
type EndedHold = Pick<Exchange, 'holdState' | 'status'> &
  Partial<Pick<Exchange, 'endKey' | 'failedModels'>> & { failure: string | null };

/** Ends an open hold without a charge; returns the balance. */
export function giveBack(
  database: Database,
  row: ExchangeRow,
  { holdState, status, failure, endKey = null, failedModels = null }: EndedHold,
): number {
  const end =
    'update exchanges set hold_state = ?, idempotency_key = null, failure = ?, facts = ? where id = ?';
  const facts = { ...factsOf(row), status, endKey, failedModels };
  database.prepare(end).run(holdState, failure, JSON.stringify(facts), row.id);
  return moveBalance(database, row.user_id, row.held);
}

/** Deletes all texts. */
export function blankTexts(database: Database, row: ExchangeRow): void {
  const facts = factsOf(row);
  const reply = facts.reply === null ? null : '';
  const blank = {
    message: '',
    reply,
    toolCalls: null,
    replyParts: null,
    attachments: null,
    stopSequence: null,
    details: null,
    requestFingerprint: null,
    isErased: true,
  };
  const write = 'update exchanges set facts = ? where id = ?';
  database.prepare(write).run(JSON.stringify({ ...facts, ...blank }), row.id);
}
