import type { Database } from 'libsql';
import type { ChatLedger, Exchange, ReserveOutcome, ReserveRequest } from 'metered-chat';
import { appendEntry } from './credit-ledger.js';
import {
  balanceOf,
  exchangeOf,
  factsOf,
  moveBalance,
  openExchange,
  type ExchangeRow,
  type Facts,
} from './exchange-rows.js';
import { atOnce, pageOf } from './transactions.js';

const keyTtlMs = 24 * 60 * 60 * 1000;

export function sqliteChatLedger(database: Database, nowMs: () => number): ChatLedger {
  return {
    reserve: (request) => atOnce(database, () => reserve(database, nowMs(), request)),
    renew: ({ userId, exchangeId }, leaseMs) =>
      atOnce(database, () => {
        const renew = `update exchanges set deadline_ms = ?
          where user_id = ? and id = ? and hold_state = 'open' and deadline_ms > ?`;
        return database.prepare(renew).run(nowMs() + leaseMs, userId, exchangeId, nowMs()).changes === 1;
      }),
    settle: (settlement) =>
      atOnce(database, () => {
        const { exchange, capture, entryId, status, answeredBy, finishReason, usage } = settlement;
        const inBounds = Number.isSafeInteger(capture) && capture >= 0;
        const row = openExchange(database, exchange);
        if (inBounds && (row === undefined || row.deadline_ms <= nowMs()))
          return { outcome: 'already_final' };
        if (!inBounds || row === undefined || capture > row.held) {
          throw new TypeError('A capture is between 0 and what is held.');
        }
        const { userId, exchangeId } = exchange;
        const balanceAfter = moveBalance(database, userId, row.held - capture);
        const charge = { id: entryId, userId, kind: 'charge', amount: 0 - capture, balanceAfter } as const;
        appendEntry(database, { ...charge, exchangeId, reason: null, createdAt: new Date(nowMs()) });
        const facts = factsOf(row);
        const ended: Facts = {
          ...facts,
          ...{ status, answeredBy, finishReason, usage, balanceAfter },
          reply: facts.isErased ? '' : settlement.reply,
          toolCalls: facts.isErased ? null : settlement.toolCalls,
        };
        database
          .prepare(`update exchanges set hold_state = 'captured', captured = ?, facts = ? where id = ?`)
          .run(capture, JSON.stringify(ended), exchangeId);
        return { outcome: 'settled', balance: balanceAfter };
      }),
    release: ({ exchange, status, failure }) =>
      atOnce(database, () => {
        const row = openExchange(database, exchange);
        if (row === undefined) return { outcome: 'already_final' };
        giveBack(database, row, { holdState: 'released', status, failure });
        return { outcome: 'released' };
      }),
    expireHolds: ({ everyOpen }) =>
      atOnce(database, () => {
        const find = `select * from exchanges where hold_state = 'open' and (? or deadline_ms <= ?)`;
        const rows = database.prepare(find).all(everyOpen ? 1 : 0, nowMs()) as ExchangeRow[];
        for (const row of rows) {
          giveBack(database, row, { holdState: 'expired', status: 'failed', failure: null });
        }
        return rows.length;
      }),
    forgetOldKeys: () =>
      atOnce(database, () => {
        const forget = `update exchanges set idempotency_key = null
          where idempotency_key is not null and created_ms <= ?`;
        return database.prepare(forget).run(nowMs() - keyTtlMs).changes;
      }),
    exchanges: (userId, { limit, before }) =>
      atOnce(database, () => {
        const read = `select * from exchanges where user_id = ? and id < coalesce(?, '~') order by id desc limit ?`;
        const rows = database.prepare(read).all(userId, before, limit + 1) as ExchangeRow[];
        return pageOf(rows.map(exchangeOf), limit);
      }),
  };
}

function reserve(database: Database, nowMs: number, request: ReserveRequest): ReserveOutcome {
  const { exchangeId, userId, conversation, model, message, price, hold, leaseMs } = request;
  const { idempotencyKey, requestFingerprint } = request;
  if (!Number.isSafeInteger(hold) || hold < 0) throw new TypeError('A hold is a whole number, 0 or more.');
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
  const balance = balanceOf(database, userId) ?? 0;
  if (balance < hold || balanceOf(database, userId) === undefined)
    return { outcome: 'insufficient', balance };
  if (claim !== undefined) {
    database.prepare('update exchanges set idempotency_key = null where id = ?').run(claim.id);
  }
  const facts: Facts = {
    ...{ model, message, price, requestFingerprint, status: 'pending', isErased: false },
    ...{
      answeredBy: null,
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

function giveBack(
  database: Database,
  row: ExchangeRow,
  { holdState, status, failure }: Pick<Exchange, 'holdState' | 'status'> & { failure: string | null },
): void {
  moveBalance(database, row.user_id, row.held);
  const end =
    'update exchanges set hold_state = ?, idempotency_key = null, failure = ?, facts = ? where id = ?';
  database.prepare(end).run(holdState, failure, JSON.stringify({ ...factsOf(row), status }), row.id);
}
