import type { Database } from 'libsql';
import type { HoldLedger } from 'metered-chat';
import {
  exchangeOf,
  factsOf,
  giveBack,
  keepPartial,
  openExchange,
  type ExchangeRow,
} from './exchange-rows.js';
import { keyTtlMs, reserve, spend } from './reserve.js';
import { settle } from './settle.js';
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
    spend: (request) => atOnce(database, () => spend(database, nowMs(), request)),
    settle: (settlement) => atOnce(database, () => settle(database, nowMs(), settlement)),
    release: ({ exchange, status, failure, failedModels = null, partial = null, endKey = null }) =>
      atOnce(database, () => {
        keepPartial(database, exchange, partial);
        const row = openExchange(database, exchange);
        if (row === undefined) return { outcome: 'already_final' };
        const ended = { holdState: 'released', status, failure, endKey, failedModels } as const;
        const balance = giveBack(database, row, ended);
        return { outcome: 'released', balance };
      }),
    expireHolds: ({ everyOpen }) =>
      atOnce(database, () => {
        const find = `select * from exchanges where hold_state = 'open' and (? and action = 'chat' or deadline_ms <= ?)`;
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
    find: (id) =>
      atOnce(database, () => {
        const find = `select * from exchanges where id = ? and action <> 'chat'`;
        const row = database.prepare(find).get(id) as ExchangeRow | undefined;
        return row === undefined ? null : exchangeOf(row);
      }),
    exchange: ({ userId, exchangeId }) =>
      atOnce(database, () => {
        const find = `select * from exchanges where user_id = ? and id = ? and action = 'chat'`;
        const row = database.prepare(find).get(userId, exchangeId) as ExchangeRow | undefined;
        return row === undefined ? null : exchangeOf(row);
      }),
    attachment: ({ userId, exchangeId }, position) =>
      atOnce(database, () => {
        const find = `select * from exchanges where user_id = ? and id = ? and action = 'chat'`;
        const row = database.prepare(find).get(userId, exchangeId) as ExchangeRow | undefined;
        return row === undefined ? null : (factsOf(row).attachments?.[position] ?? null);
      }),
    requestStop: ({ userId, exchangeId }) =>
      atOnce(database, () => {
        const request = `update exchanges set stop_requested = 1
          where user_id = ? and id = ? and action = 'chat' and hold_state = 'open'`;
        database.prepare(request).run(userId, exchangeId);
      }),
    stopRequests: (references) =>
      atOnce(database, () => {
        const find = 'select 1 from exchanges where user_id = ? and id = ? and stop_requested = 1';
        const isRequested = database.prepare(find);
        return references
          .filter(({ userId, exchangeId }) => isRequested.get(userId, exchangeId) !== undefined)
          .map(({ exchangeId }) => exchangeId);
      }),
    exchanges: (userId, { limit, before }) =>
      atOnce(database, () => {
        const read = `select * from exchanges
          where user_id = ? and action = 'chat' and id < coalesce(?, '~') order by id desc limit ?`;
        const rows = database.prepare(read).all(userId, before, limit + 1) as ExchangeRow[];
        return pageOf(rows.map(exchangeOf), limit);
      }),
  };
}
