import * as v from 'valibot';
import { exchangeStatuses, isIncomplete, type Exchange } from '../../../domain/chat/exchange.js';
import { defineAccountList } from '../kit/account-list.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count, id, time } from '../kit/response-fields.js';
import { attachmentResponse, presentAttachment } from './attachments.js';
import { presentToolCall, toolCallResponse } from './tool-call.js';

export const exchangeResponse = namedSchema(
  'Exchange',
  v.object({
    id,
    conversation_id: v.nullable(id),
    after_id: v.nullable(id),
    message: v.string(),
    response: v.nullable(v.string()),
    attachments: v.optional(v.array(attachmentResponse)),
    tool_calls: v.optional(v.array(toolCallResponse)),
    incomplete: v.boolean(),
    erased: v.boolean(),
    status: v.picklist(exchangeStatuses),
    tokens_charged: count,
    model: v.string(),
    created_at: time,
  }),
);

export const listExchanges = defineAccountList({
  path: '/api/chat/',
  id: 'listExchanges',
  tag: 'Chat',
  summary: 'List the messages and their replies',
  item: exchangeResponse,
  read: (core, request, page) => core.chat.exchanges(request, page),
  present: presentExchange,
});

export function presentExchange(exchange: Exchange): v.InferOutput<typeof exchangeResponse> {
  return {
    id: exchange.id,
    conversation_id: exchange.conversationId,
    after_id: exchange.afterId,
    message: exchange.message,
    response: exchange.reply,
    ...(exchange.attachments === null ? {} : { attachments: exchange.attachments.map(presentAttachment) }),
    ...(exchange.toolCalls === null ? {} : { tool_calls: exchange.toolCalls.map(presentToolCall) }),
    incomplete: isIncomplete(exchange),
    erased: exchange.isErased,
    status: exchange.status,
    tokens_charged: exchange.captured ?? 0,
    model: exchange.repliedBy ?? exchange.model,
    created_at: exchange.createdAt.toISOString(),
  };
}
