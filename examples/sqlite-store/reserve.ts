import type { Database } from 'libsql';
import type { ReserveOutcome, ReserveRequest } from 'metered-chat';
import { exchangeOf, moveBalance, openBalanceOf, type ExchangeRow, type Facts } from './exchange-rows.js';

/** How long an idempotency key is valid. */
export const keyTtlMs = 24 * 60 * 60 * 1000;

/** In one transaction: checks the key, the conversation and the balance, and then writes everything or nothing. */
export function reserve(database: Database, nowMs: number, request: ReserveRequest): ReserveOutcome {
  const { exchangeId, userId, conversation, model, message, price, hold, leaseMs } = request;
  const { idempotencyKey, requestFingerprint } = request;
  if (!Number.isSafeInteger(hold) || hold < 0) throw new TypeError('A hold is a whole number, 0 or more.');
  const balance = openBalanceOf(database, userId);
  if (balance === undefined) return { outcome: 'no_such_user' };
  const findClaim = 'select * from exchanges where user_id = ? and idempotency_key = ?';
  const claim = database.prepare(findClaim).get(userId, idempotencyKey) as ExchangeRow | undefined;
  if (claim !== undefined && claim.created_ms > nowMs - keyTtlMs) {
    return { outcome: 'key_claimed', exchange: exchangeOf(claim) };
  }
  if (conversation?.title === null) {
    const find = 'select 1 from conversations where user_id = ? and id = ?';
    if (database.prepare(find).get(userId, conversation.id) === undefined) {
      return { outcome: 'no_such_conversation' };
    }
  }
  if (balance < hold) return { outcome: 'insufficient', balance };
  if (claim !== undefined) {
    database.prepare('update exchanges set idempotency_key = null where id = ?').run(claim.id);
  }
  const facts: Facts = {
    ...{ model, message, price, requestFingerprint, status: 'pending', isErased: false },
    ...{
      repliedBy: null,
      reply: null,
      toolCalls: null,
      finishReason: null,
      balanceAfter: null,
      usage: null,
    },
    beginsConversation: conversation !== null && conversation.title !== null,
  };
  database
    .prepare(`insert into exchanges values (?, ?, ?, ?, 'open', null, ?, ?, null, ?, ?)`)
    .run(
      ...[exchangeId, userId, conversation?.id ?? null, hold, nowMs + leaseMs, idempotencyKey, nowMs],
      JSON.stringify(facts),
    );
  if (conversation !== null) {
    const write = `insert into conversations values (?1, ?2, coalesce(?3, ''), ?4, ?4, ?5)
      on conflict (id) do update set updated_ms = ?4, last_exchange_id = max(last_exchange_id, ?5)`;
    database.prepare(write).run(conversation.id, userId, conversation.title, nowMs, exchangeId);
  }
  return { outcome: 'reserved', createdAt: new Date(nowMs), balance: moveBalance(database, userId, -hold) };
}
