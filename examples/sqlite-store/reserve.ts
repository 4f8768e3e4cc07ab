import type { Database } from 'libsql';
import type { Exchange, ReserveOutcome, ReserveRequest, SpendOutcome, SpendRequest } from 'metered-chat';
import { appendEntry } from './credit-ledger.js';
import { exchangeOf, moveBalance, openBalanceOf, type ExchangeRow, type Facts } from './exchange-rows.js';

/** How long an idempotency key is valid. */
export const keyTtlMs = 24 * 60 * 60 * 1000;

/** In one transaction: checks the key, the conversation and the balance, and then writes everything or nothing. */
export function reserve(database: Database, nowMs: number, request: ReserveRequest): ReserveOutcome {
  const { exchangeId, userId, hold, leaseMs } = request;
  const conversation = request.chat?.conversation ?? null;
  const balance = takeCredits(database, nowMs, { ...request, credits: hold });
  if (typeof balance !== 'number') return balance;
  writeExchange(database, nowMs, {
    request,
    facts: { balanceAfter: request.chat === null ? balance : null },
    held: hold,
    captured: null,
    deadlineMs: nowMs + leaseMs,
  });
  if (conversation !== null) {
    const write = `insert into conversations values (?1, ?2, coalesce(?3, ''), ?4, ?4, ?5, ?6, 0, ?7)
      on conflict (id) do update set updated_ms = ?4, last_exchange_id = max(last_exchange_id, ?5),
        has_branches = max(has_branches, ?7)`;
    const branches = Number(conversation.afterId != null);
    const settings = conversation.settings && JSON.stringify(conversation.settings);
    database
      .prepare(write)
      .run(conversation.id, userId, conversation.title, nowMs, exchangeId, settings ?? null, branches);
  }
  return { outcome: 'reserved', createdAt: new Date(nowMs), balance };
}

/** In one transaction: checks the key and the balance, and then writes the charge or nothing. */
export function spend(database: Database, nowMs: number, request: SpendRequest): SpendOutcome {
  const { exchangeId, entryId, userId, action, amount, units, details } = request;
  const balance = takeCredits(database, nowMs, { ...request, chat: null, credits: amount });
  if (typeof balance !== 'number') {
    if (balance.outcome === 'no_such_conversation') throw new TypeError('No conversation is required.');
    return balance;
  }
  writeExchange(database, nowMs, {
    request: { ...request, chat: null },
    facts: { balanceAfter: balance, reply: '', status: 'completed', units },
    held: amount,
    captured: amount,
    deadlineMs: nowMs,
  });
  const charge = { id: entryId, userId, kind: 'charge', amount: 0 - amount, balanceAfter: balance } as const;
  const facts = { exchangeId, action, units, details, reason: null };
  appendEntry(database, { ...charge, ...facts, createdAt: new Date(nowMs) });
  return { outcome: 'spent', createdAt: new Date(nowMs), balance };
}

type Taking = Pick<ReserveRequest, 'userId' | 'idempotencyKey' | 'chat' | 'rules'> & { credits: number };

/** Takes credits from a balance and returns the new one, or returns why nothing was taken. */
function takeCredits(
  database: Database,
  nowMs: number,
  { userId, idempotencyKey, chat, rules, credits }: Taking,
): number | Exclude<ReserveOutcome, { outcome: 'reserved' }> {
  if (rules.allowance !== null || rules.defaultCaps.length > 0) {
    throw new TypeError('These stores have no allowances and no caps.');
  }
  if (!Number.isSafeInteger(credits) || credits < 0) {
    throw new TypeError('Credits are a whole number, 0 or more.');
  }
  const balance = openBalanceOf(database, userId);
  if (balance === undefined) return { outcome: 'no_such_user' };
  const findClaim = 'select * from exchanges where user_id = ? and idempotency_key = ?';
  const claim = database.prepare(findClaim).get(userId, idempotencyKey) as ExchangeRow | undefined;
  if (claim !== undefined && claim.created_ms > nowMs - keyTtlMs) {
    return { outcome: 'key_claimed', exchange: exchangeOf(claim) };
  }
  const conversation = chat?.conversation ?? null;
  if (conversation?.title === null) {
    const find = 'select 1 from conversations where user_id = ? and id = ?';
    if (database.prepare(find).get(userId, conversation.id) === undefined) {
      return { outcome: 'no_such_conversation' };
    }
  }
  if (balance < credits) return { outcome: 'insufficient', balance };
  if (claim !== undefined) {
    database.prepare('update exchanges set idempotency_key = null where id = ?').run(claim.id);
  }
  return moveBalance(database, userId, -credits);
}

interface NewExchange {
  request: Omit<ReserveRequest, 'hold' | 'leaseMs' | 'rules' | 'ids'>;
  facts: Partial<Facts>;
  held: number;
  captured: number | null;
  deadlineMs: number;
}

function writeExchange(database: Database, nowMs: number, exchange: NewExchange): void {
  const { request, held, captured, deadlineMs } = exchange;
  const { exchangeId, userId, action, chat, keyId, details, requestFingerprint } = request;
  const conversation = chat?.conversation ?? null;
  const facts: Facts = {
    ...{ keyId, details, requestFingerprint, status: 'pending', isErased: false },
    ...{ model: chat?.model ?? '', message: chat?.message ?? '', price: chat?.price ?? null },
    ...{ repliedBy: null, reply: null, toolCalls: null, replyParts: null, finishReason: null, usage: null },
    ...{ stopSequence: null, failedModels: null },
    ...{
      attachments: chat?.attachments ?? null,
      balanceAfter: null,
      uncollected: 0,
      units: null,
      endKey: null,
    },
    beginsConversation: conversation !== null && conversation.title !== null,
    afterId: conversation?.afterId ?? null,
    ...exchange.facts,
  };
  const holdState: Exchange['holdState'] = captured === null ? 'open' : 'captured';
  database
    .prepare(`insert into exchanges values (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, null, ?, ?, 0)`)
    .run(
      ...[exchangeId, userId, action, conversation?.id ?? null, held, holdState, captured, deadlineMs],
      ...[request.idempotencyKey, nowMs, JSON.stringify(facts)],
    );
}
