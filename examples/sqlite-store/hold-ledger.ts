import type { Database } from 'libsql';
import type { HoldLedger } from 'metered-chat';
import { appendEntry } from './credit-ledger.js';
import {
  exchangeOf,
  factsOf,
  giveBack,
  isErased,
  keepPartial,
  moveBalance,
  openExchange,
  type ExchangeRow,
  type Facts,
} from './exchange-rows.js';
import { keyTtlMs, reserve } from './reserve.js';
import { atOnce, pageOf } from './transactions.js';

export function sqliteHoldLedger(database: Database, nowMs: () => number): HoldLedger {
  return {
    reserve: (request) => atOnce(database, () => reserve(database, nowMs(), request)),
    renew: ({ userId, exchangeId }, leaseMs, partial = null) =>
      atOnce(database, () => {
        const renew = `update exchanges set deadline_ms = ?
          where user_id = ? and id = ? and hold_state = 'open' and deadline_ms > ?`;
        const isOpen =
          database.prepare(renew).run(nowMs() + leaseMs, userId, exchangeId, nowMs()).changes === 1;
        if (isOpen) keepPartial(database, { userId, exchangeId }, partial);
        return isOpen;
      }),
    settle: (settlement) =>
      atOnce(database, () => {
        const { exchange, capture, entryId, status, repliedBy, finishReason, usage } = settlement;
        const inBounds = Number.isSafeInteger(capture) && capture >= 0;
        const row = openExchange(database, exchange);
        if (inBounds && (row === undefined || row.deadline_ms <= nowMs()))
          return { outcome: isErased(database, exchange.userId) ? 'account_erased' : 'already_final' };
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
          ...{ status, repliedBy, finishReason, usage, balanceAfter },
          reply: facts.isErased ? '' : settlement.reply,
          toolCalls: facts.isErased ? null : settlement.toolCalls,
        };
        database
          .prepare(`update exchanges set hold_state = 'captured', captured = ?, facts = ? where id = ?`)
          .run(capture, JSON.stringify(ended), exchangeId);
        return { outcome: 'settled', balance: balanceAfter };
      }),
    release: ({ exchange, status, failure, partial = null }) =>
      atOnce(database, () => {
        keepPartial(database, exchange, partial);
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
