import type { Database } from 'libsql';
import type { Settlement, SettleOutcome } from 'metered-chat';
import { appendEntry } from './credit-ledger.js';
import { factsOf, isErased, moveBalance, openBalanceOf, openExchange, type Facts } from './exchange-rows.js';

/** In one transaction: ends a hold with a charge, and takes from the balance what exceeds the hold. */
export function settle(database: Database, nowMs: number, settlement: Settlement): SettleOutcome {
  const { exchange, capture, entryId, units, endKey, chat } = settlement;
  const { userId, exchangeId } = exchange;
  if (!Number.isSafeInteger(capture) || capture < 0) {
    throw new TypeError('A capture is a whole number, 0 or more.');
  }
  const row = openExchange(database, exchange);
  if (row === undefined || row.deadline_ms <= nowMs) {
    return { outcome: isErased(database, userId) ? 'account_erased' : 'already_final' };
  }
  const balance = openBalanceOf(database, userId) ?? 0;
  const taken = Math.min(Math.max(capture - row.held, 0), balance);
  const captured = Math.min(capture, row.held + taken);
  const uncollected = capture - captured;
  const balanceAfter = moveBalance(database, userId, row.held - captured);
  const facts = factsOf(row);
  const details = settlement.details ?? facts.details;
  appendEntry(database, {
    ...{ id: entryId, userId, kind: 'charge', amount: 0 - captured, balanceAfter, exchangeId },
    ...{ action: row.action, units, details: chat === null ? details : null, reason: null },
    createdAt: new Date(nowMs),
  });
  const ended: Facts = {
    ...facts,
    ...{ balanceAfter, units, details, uncollected, endKey },
    status: chat?.status ?? 'completed',
    reply: facts.isErased ? '' : (chat?.reply ?? ''),
    toolCalls: facts.isErased ? null : (chat?.toolCalls ?? null),
    replyParts: facts.isErased ? null : (chat?.replyParts ?? null),
    repliedBy: chat?.repliedBy ?? null,
    finishReason: chat?.finishReason ?? null,
    stopSequence: facts.isErased ? null : (chat?.stopSequence ?? null),
    failedModels: chat?.failedModels ?? null,
    usage: chat?.usage ?? null,
  };
  database
    .prepare(`update exchanges set hold_state = 'captured', taken = ?, captured = ?, facts = ? where id = ?`)
    .run(taken, captured, JSON.stringify(ended), exchangeId);
  return { outcome: 'settled', balance: balanceAfter, captured, uncollected };
}
