import type { Exchange } from '../../domain/chat/exchange.js';
import type { ChargeDetails } from '../../domain/metering/hold.js';
import type { Price } from '../../domain/metering/price.js';
import type { Usage } from '../../domain/metering/usage.js';

/** A row of `exchanges`. */
export interface ExchangeRow {
  user_id: string;
  id: string;
  action: string;
  key_id: string | null;
  conversation_id: string | null;
  begins_conversation: boolean;
  model: string;
  answered_by: string | null;
  message: string;
  reply: string | null;
  attachments: Exchange['attachments'];
  tool_calls: Exchange['toolCalls'];
  reply_parts: Exchange['replyParts'];
  finish_reason: Exchange['finishReason'];
  status: Exchange['status'];
  failure: string | null;
  price: Price | null;
  price_per_message: number | null;
  price_per_1k_input: number | null;
  price_per_1k_output: number | null;
  held: number;
  hold_state: Exchange['holdState'];
  captured: number | null;
  taken: number;
  uncollected: number;
  units: number | null;
  details: ChargeDetails | null;
  balance_after: number | null;
  usage_input: number | null;
  usage_cached_input: number | null;
  usage_cache_write: number | null;
  usage_output: number | null;
  usage_reasoning: number | null;
  request_fingerprint: string | null;
  end_key: string | null;
  end_fingerprint: string | null;
  erased: boolean;
  created_at: Date;
}

export function exchangeOf(row: ExchangeRow): Exchange {
  return {
    id: row.id,
    userId: row.user_id,
    action: row.action,
    keyId: row.key_id,
    conversationId: row.conversation_id,
    beginsConversation: row.begins_conversation,
    model: row.model,
    repliedBy: row.answered_by,
    message: row.message,
    reply: row.reply,
    attachments: row.erased ? null : row.attachments,
    toolCalls: row.tool_calls,
    replyParts: row.erased ? null : row.reply_parts,
    finishReason: row.finish_reason,
    status: row.status,
    failure: row.failure,
    price: priceOf(row),
    held: row.held,
    holdState: row.hold_state,
    captured: row.captured,
    taken: row.taken,
    uncollected: row.uncollected,
    units: row.units,
    details: row.details,
    balanceAfter: row.balance_after,
    usage: usageOf(row),
    requestFingerprint: row.request_fingerprint,
    endKey:
      row.end_key === null || row.end_fingerprint === null
        ? null
        : { key: row.end_key, fingerprint: row.end_fingerprint },
    isErased: row.erased,
    createdAt: row.created_at,
  };
}

/** Servers before 0.2 wrote prices to three columns. */
function priceOf(row: ExchangeRow): Price | null {
  if (row.price !== null) return row.price;
  if (row.price_per_message !== null) return { perMessage: row.price_per_message };
  if (row.price_per_1k_input === null || row.price_per_1k_output === null) return null;
  return { per1kInput: row.price_per_1k_input, per1kOutput: row.price_per_1k_output };
}

/** The columns of parts are null if an earlier version wrote the row. */
function usageOf(row: ExchangeRow): Usage | null {
  const { usage_input: input, usage_output: output } = row;
  if (input === null || output === null) return null;
  return {
    input,
    cachedInput: row.usage_cached_input ?? 0,
    cacheWrite: row.usage_cache_write ?? 0,
    output,
    reasoning: row.usage_reasoning ?? 0,
  };
}
