import * as v from 'valibot';
import type { CompletionOptions, SentMessage } from '../../../domain/chat/message.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import type { Problem } from '../kit/problem.js';
import { count } from '../kit/response-fields.js';
import { jsonSchema } from '../openai/completion-fields.js';
import { usageOrEstimate } from '../openai/reply-usage.js';
import { responseId } from './item-ids.js';
import { outputItemResponse, presentOutput, type OutputItem } from './output-items.js';
import type { ResponseRequest } from './response-request.js';

const usageResponse = namedSchema(
  'ResponseUsage',
  v.object({
    input_tokens: count,
    input_tokens_details: v.object({ cached_tokens: count, cache_write_tokens: count }),
    output_tokens: count,
    output_tokens_details: v.object({ reasoning_tokens: count }),
    total_tokens: count,
  }),
);

export const responseResponse = namedSchema(
  'Response',
  v.object({
    id: v.string(),
    object: v.literal('response'),
    created_at: count,
    status: v.picklist(['in_progress', 'completed', 'incomplete', 'failed']),
    background: v.literal(false),
    error: v.nullable(v.object({ code: v.string(), message: v.string() })),
    incomplete_details: v.nullable(v.object({ reason: v.picklist(['max_output_tokens', 'content_filter']) })),
    instructions: v.nullable(v.string()),
    max_output_tokens: v.nullable(count),
    metadata: v.record(v.string(), v.string()),
    model: v.string(),
    output: v.array(outputItemResponse),
    parallel_tool_calls: v.boolean(),
    previous_response_id: v.null(),
    reasoning: v.object({ effort: v.nullable(v.string()), summary: v.nullable(v.string()) }),
    service_tier: v.literal('default'),
    store: v.literal(false),
    temperature: v.nullable(v.number()),
    text: v.object({ format: jsonSchema, verbosity: v.string() }),
    tool_choice: v.union([v.string(), jsonSchema]),
    tools: v.array(jsonSchema),
    top_p: v.nullable(v.number()),
    truncation: v.literal('disabled'),
    usage: v.nullable(usageResponse),
  }),
);

export type PresentedResponse = v.InferOutput<typeof responseResponse>;

/** Presents a whole reply in the format of OpenAI's Responses API. */
export function presentResponse(
  sent: SentMessage,
  request: ResponseRequest,
  completionOptions: CompletionOptions,
): PresentedResponse {
  return presentEnded(sent, request, completionOptions, presentOutput(sent, request));
}

/** Presents a reply that has ended with these items. */
export function presentEnded(
  sent: SentMessage,
  request: ResponseRequest,
  completionOptions: CompletionOptions,
  output: OutputItem[],
): PresentedResponse {
  const {
    input,
    output: written,
    cachedInput,
    cacheWrite,
    reasoning,
  } = usageOrEstimate(sent, completionOptions);
  const reason = incompleteReason(sent);
  return {
    ...presentStarted(sent, request, sent.model),
    status: reason === null ? 'completed' : 'incomplete',
    incomplete_details: reason === null ? null : { reason },
    output,
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: cachedInput, cache_write_tokens: cacheWrite },
      output_tokens: written,
      output_tokens_details: { reasoning_tokens: reasoning },
      total_tokens: input + written,
    },
  };
}

/** Presents a reply of which nothing has come. */
export function presentStarted(
  { exchangeId, createdAt }: Pick<SentMessage, 'exchangeId' | 'createdAt'>,
  { body }: ResponseRequest,
  model: string,
): PresentedResponse {
  return {
    id: responseId(exchangeId),
    object: 'response',
    created_at: Math.floor(createdAt.getTime() / 1000),
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    metadata: body.metadata ?? {},
    model,
    output: [],
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: {
      effort: body.reasoning?.effort ?? null,
      summary: body.reasoning?.summary ?? body.reasoning?.generate_summary ?? null,
    },
    service_tier: 'default',
    store: false,
    temperature: body.temperature ?? null,
    text: {
      format: body.text?.format ?? { type: 'text' },
      verbosity: body.text?.verbosity ?? 'medium',
    },
    tool_choice: body.tool_choice ?? 'auto',
    tools: (body.tools ?? []).map(presentTool),
    top_p: body.top_p ?? null,
    truncation: 'disabled',
    usage: null,
  };
}

/** Presents a reply that failed after these items. */
export function presentFailed(
  started: PresentedResponse,
  output: OutputItem[],
  { code, detail }: Pick<Problem, 'code' | 'detail'>,
): PresentedResponse {
  return { ...started, status: 'failed', error: { code, message: detail }, output };
}

/** Returns why a reply is incomplete; null if it is complete. */
export function incompleteReason({
  finishReason,
}: Pick<SentMessage, 'finishReason'>): 'max_output_tokens' | 'content_filter' | null {
  if (finishReason === 'length') return 'max_output_tokens';
  return finishReason === 'content_filter' ? finishReason : null;
}

function presentTool({
  name,
  description,
  parameters,
  strict,
}: NonNullable<ResponseRequest['body']['tools']>[number]) {
  return {
    ...{ type: 'function', name, description: description ?? null, parameters: parameters ?? null },
    strict: strict ?? false,
  };
}
