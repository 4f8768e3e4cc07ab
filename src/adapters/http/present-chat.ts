import type { Conversation } from '../../domain/chat/conversation.js';
import type { Exchange } from '../../domain/chat/exchange.js';
import type { OfferedModel } from '../../domain/chat/model-offer.js';
import type { SentMessage } from '../../domain/chat/sent-message.js';
import type { ToolCall } from '../../ports/ai-model.js';

/** An answer as the API shows it. */
export function presentSentMessage(sent: SentMessage) {
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
export function presentExchange(exchange: Exchange) {
  return {
    id: exchange.id,
    conversation_id: exchange.conversationId,
    message: exchange.message,
    response: exchange.reply,
    ...(exchange.toolCalls === null ? {} : { tool_calls: exchange.toolCalls.map(presentToolCall) }),
    status: exchange.status,
    tokens_charged: exchange.captured ?? 0,
    model: exchange.answeredBy ?? exchange.model,
    created_at: exchange.createdAt.toISOString(),
  };
}

/** A conversation as the API shows it. */
export function presentConversation(conversation: Conversation) {
  return {
    id: conversation.id,
    title: conversation.title,
    created_at: conversation.createdAt.toISOString(),
    updated_at: conversation.updatedAt.toISOString(),
  };
}

/** A model as the API shows it. */
export function presentModel({ name, isDefault, price, contextTokens, maxOutputTokens }: OfferedModel) {
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
export function presentToolCall({ id, name, arguments: json }: ToolCall) {
  return { id, type: 'function', function: { name, arguments: json } };
}
