import * as v from 'valibot';
import { capResponse } from '../kit/cap.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import type { Problem } from '../kit/problem.js';
import { openAiStatus } from '../openai/openai-error.js';

export const anthropicErrorResponse = namedSchema(
  'AnthropicError',
  v.object({
    type: v.literal('error'),
    error: v.object({
      type: v.string(),
      message: v.string(),
      code: v.string(),
      /** What Anthropic's clients read as the code, and what they must leave out. */
      details: v.object({ error_code: v.string(), unsupported: v.optional(v.array(v.string())) }),
      remaining_tokens: v.optional(v.number()),
      required_tokens: v.optional(v.number()),
      debt: v.optional(v.number()),
      cap: v.optional(capResponse),
      affordable_output_tokens: v.optional(v.number()),
    }),
    request_id: v.string(),
  }),
);

const types: Partial<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  502: 'api_error',
  503: 'overloaded_error',
  504: 'timeout_error',
};

/** The API's parameter for a field of the domain. A map, because a caller can name a parameter `constructor`. */
const parameters = new Map([
  ['message', 'messages'],
  ['images', 'messages'],
  ['files', 'messages'],
  ['fileUrls', 'messages'],
  ['reasoning', 'thinking'],
  ['json', 'output_config.format'],
  ['strictTools', 'tools.strict'],
  ['parallelToolCalls', 'tool_choice.disable_parallel_tool_use'],
  ['cacheControl', 'cache_control'],
  ['topP', 'top_p'],
  ['topK', 'top_k'],
  ['stop', 'stop_sequences'],
]);

/** What the caller uses, where the name of the parameter does not say it. */
const uses = new Map([
  ['images', 'images: '],
  ['files', 'documents: '],
  ['fileUrls', 'addresses of documents: '],
]);

/** The most field errors in one message, and the longest name of a parameter, which the caller chose. */
const limits = { fieldErrors: 5, parameterChars: 100 };

/** Presents a problem as an error of Anthropic's API. */
export function anthropicError(
  problem: Problem,
  requestId: string,
): v.InferOutput<typeof anthropicErrorResponse> {
  const { code, detail, errors, members = {} } = problem;
  const sentences = Object.entries(errors ?? {})
    .slice(0, limits.fieldErrors)
    .map(([field, messages]) => {
      const parameter = Array.from(parameters.get(field) ?? field).slice(0, limits.parameterChars);
      return `${parameter.join('')}: ${uses.get(field) ?? ''}${messages.join(' ')}`;
    });
  const others = Object.entries(members).filter(([name]) => name !== 'request_id');
  return {
    type: 'error',
    error: {
      type: types[openAiStatus(problem)] ?? 'invalid_request_error',
      message: sentences.length === 0 ? detail : sentences.join(' '),
      code,
      details: detailsOf(problem),
      ...Object.fromEntries(others),
    },
    request_id: requestId,
  };
}

/** Anthropic's client repeats a request without its thread, which is state of the server, if it gets a code of its own. */
function detailsOf({ code, errors = {} }: Problem) {
  const isThread = code === 'unsupported_parameter' && Object.hasOwn(errors, 'thread');
  return isThread
    ? { error_code: 'thread_unsupported_request', unsupported: ['thread'] }
    : { error_code: code };
}
