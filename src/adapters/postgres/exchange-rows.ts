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
  after_id: string | null;
  model: string;
  answered_by: string | null;
  message: string;
  reply: string | null;
  attachment_list: Exchange['attachments'];
  tool_calls: Exchange['toolCalls'];
  reply_parts: Exchange['replyParts'];
  finish_reason: Exchange['finishReason'];
  stop_sequence: string | null;
  status: Exchange['status'];
  failure: string | null;
  failed_models: Exchange['failedModels'];
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

/** The columns of an `ExchangeRow`: never the attachments, which can have megabytes. */
const columnNames = [
  ...[
    'user_id',
    'id',
    'action',
    'key_id',
    'conversation_id',
    'begins_conversation',
    'after_id',
    'model',
    'answered_by',
    'message',
  ],
  ...[
    'reply',
    'attachment_list',
    'tool_calls',
    'reply_parts',
    'finish_reason',
    'stop_sequence',
    'status',
    'failure',
  ],
  ...[
    'failed_models',
    'price',
    'price_per_message',
    'price_per_1k_input',
    'price_per_1k_output',
    'held',
    'hold_state',
  ],
  ...[
    'captured',
    'taken',
    'uncollected',
    'units',
    'details',
    'balance_after',
    'usage_input',
    'usage_cached_input',
  ],
  ...[
    'usage_cache_write',
    'usage_output',
    'usage_reasoning',
    'request_fingerprint',
    'end_key',
    'end_fingerprint',
  ],
  ...['erased', 'created_at'],
] as const satisfies readonly (keyof ExchangeRow)[];

/** The columns of an `ExchangeRow`, for a `select`. */
export const exchangeColumns = columnsOf('exchanges');

/** The same, of `exchanges` by another name. */
export function columnsOf(table: string): string {
  return columnNames.map((name) => `${table}.${name}`).join(', ');
}

export function exchangeOf(row: ExchangeRow): Exchange {
  return {
    id: row.id,
    userId: row.user_id,
    action: row.action,
    keyId: row.key_id,
    conversationId: row.conversation_id,
    beginsConversation: row.begins_conversation,
    afterId: row.after_id,
    model: row.model,
    repliedBy: row.answered_by,
    message: row.message,
    reply: row.reply,
    attachments: row.attachment_list,
    toolCalls: row.tool_calls,
    replyParts: row.reply_parts,
    finishReason: row.finish_reason,
    stopSequence: row.stop_sequence,
    status: row.status,
    failure: row.failure,
    failedModels: row.failed_models,
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
