import type { Exchange } from '../../domain/chat/exchange.js';
import type { Price } from '../../domain/metering/price.js';

/** A row of `exchanges`. */
export interface ExchangeRow {
  user_id: string;
  id: string;
  conversation_id: string | null;
  begins_conversation: boolean;
  model: string;
  answered_by: string | null;
  message: string;
  reply: string | null;
  tool_calls: Exchange['toolCalls'];
  finish_reason: Exchange['finishReason'];
  status: Exchange['status'];
  price_per_message: number | null;
  price_per_1k_input: number | null;
  price_per_1k_output: number | null;
  held: number;
  hold_state: Exchange['holdState'];
  captured: number | null;
  balance_after: number | null;
  usage_input: number | null;
  usage_output: number | null;
  request_fingerprint: string | null;
  erased: boolean;
  created_at: Date;
}

export function exchangeOf(row: ExchangeRow): Exchange {
  return {
    id: row.id,
    userId: row.user_id,
    conversationId: row.conversation_id,
    beginsConversation: row.begins_conversation,
    model: row.model,
    repliedBy: row.answered_by,
    message: row.message,
    reply: row.reply,
    toolCalls: row.tool_calls,
    finishReason: row.finish_reason,
    status: row.status,
    price: priceOf(row),
    held: row.held,
    holdState: row.hold_state,
    captured: row.captured,
    balanceAfter: row.balance_after,
    usage:
      row.usage_input === null || row.usage_output === null
        ? null
        : { input: row.usage_input, output: row.usage_output },
    requestFingerprint: row.request_fingerprint,
    isErased: row.erased,
    createdAt: row.created_at,
  };
}

function priceOf(row: ExchangeRow): Price | null {
  if (row.price_per_message !== null) return { perMessage: row.price_per_message };
  if (row.price_per_1k_input === null || row.price_per_1k_output === null) return null;
  return { per1kInput: row.price_per_1k_input, per1kOutput: row.price_per_1k_output };
}

/** The columns of a price. */
export function priceColumns(
  price: Price,
): [perMessage: number | null, per1kInput: number | null, per1kOutput: number | null] {
  return 'perMessage' in price ? [price.perMessage, null, null] : [null, price.per1kInput, price.per1kOutput];
}
