import * as v from 'valibot';
import type { Conversation } from '../../../domain/chat/conversation.js';
import { exchangeStatuses, isIncomplete, type Exchange } from '../../../domain/chat/exchange.js';
import type { OfferedModel } from '../../../domain/chat/model-offer.js';
import type { SentMessage } from '../../../domain/chat/sent-message.js';
import type { ToolCall } from '../../../ports/ai-model.js';
import { count, id, time } from '../kit/response-fields.js';

/** What a model used, where it told. */
export const usageResponse = v.nullable(v.object({ input_tokens: count, output_tokens: count }));

export const sentMessageResponse = v.object({
  id,
  conversation_id: v.nullable(id),
  response: v.string(),
  model: v.string(),
  tokens_charged: count,
  remaining_tokens: count,
  usage: usageResponse,
  created_at: time,
});

export const toolCallResponse = v.object({
  id: v.string(),
  type: v.literal('function'),
  function: v.object({ name: v.string(), arguments: v.string() }),
});

export const exchangeResponse = v.object({
  id,
  conversation_id: v.nullable(id),
  message: v.string(),
  response: v.nullable(v.string()),
  tool_calls: v.optional(v.array(toolCallResponse)),
  incomplete: v.boolean(),
  status: v.picklist(exchangeStatuses),
  tokens_charged: count,
  model: v.string(),
  created_at: time,
});

export const conversationResponse = v.object({ id, title: v.string(), created_at: time, updated_at: time });

export const modelResponse = v.object({
  name: v.string(),
  default: v.boolean(),
  price: v.union([
    v.object({ per_message: count }),
    v.object({ per_1k_input: v.number(), per_1k_output: v.number() }),
  ]),
  context_tokens: count,
  max_output_tokens: count,
});

/** An answer as the API shows it. */
export function presentSentMessage(sent: SentMessage): v.InferOutput<typeof sentMessageResponse> {
  return {
    id: sent.exchangeId,
    conversation_id: sent.conversationId,
    response: sent.reply,
    model: sent.model,
    tokens_charged: sent.charged,
    remaining_tokens: sent.balance,
    usage: sent.usage === null ? null : { input_tokens: sent.usage.input, output_tokens: sent.usage.output },
    created_at: sent.createdAt.toISOString(),
  };
}

/** An exchange as the API shows it. */
export function presentExchange(exchange: Exchange): v.InferOutput<typeof exchangeResponse> {
  return {
    id: exchange.id,
    conversation_id: exchange.conversationId,
    message: exchange.message,
    response: exchange.reply,
    ...(exchange.toolCalls === null ? {} : { tool_calls: exchange.toolCalls.map(presentToolCall) }),
    incomplete: isIncomplete(exchange),
    status: exchange.status,
    tokens_charged: exchange.captured ?? 0,
    model: exchange.repliedBy ?? exchange.model,
    created_at: exchange.createdAt.toISOString(),
  };
}

/** A conversation as the API shows it. */
export function presentConversation(conversation: Conversation): v.InferOutput<typeof conversationResponse> {
  return {
    id: conversation.id,
    title: conversation.title,
    created_at: conversation.createdAt.toISOString(),
    updated_at: conversation.updatedAt.toISOString(),
  };
}

/** A model as the API shows it. */
export function presentModel({
  name,
  isDefault,
  price,
  contextTokens,
  maxOutputTokens,
}: OfferedModel): v.InferOutput<typeof modelResponse> {
  return {
    name,
    default: isDefault,
    price:
      'perMessage' in price
        ? { per_message: price.perMessage }
        : { per_1k_input: price.per1kInput, per_1k_output: price.per1kOutput },
    context_tokens: contextTokens,
    max_output_tokens: maxOutputTokens,
  };
}

/** A call of one of the caller's tools, in OpenAI's words. */
export function presentToolCall({
  id,
  name,
  arguments: json,
}: ToolCall): v.InferOutput<typeof toolCallResponse> {
  return { id, type: 'function', function: { name, arguments: json } };
}
