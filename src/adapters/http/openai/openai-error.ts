import * as v from 'valibot';
import { capResponse } from '../kit/cap.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import type { Problem } from '../kit/problem.js';

export const openAiErrorResponse = namedSchema(
  'OpenAiError',
  v.object({
    error: v.object({
      message: v.string(),
      type: v.string(),
      param: v.nullable(v.string()),
      code: v.string(),
      remaining_tokens: v.optional(v.number()),
      required_tokens: v.optional(v.number()),
      debt: v.optional(v.number()),
      cap: v.optional(capResponse),
      affordable_output_tokens: v.optional(v.number()),
      request_id: v.optional(v.string()),
    }),
  }),
);

/** OpenAI's codes for ours, where they differ. */
export const openAiCodes: Partial<Record<string, string>> = {
  unauthenticated: 'invalid_api_key',
  rate_limited: 'rate_limit_exceeded',
};

const types: Partial<Record<number, string>> = {
  401: 'authentication_error',
  402: 'insufficient_quota',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  429: 'rate_limit_error',
};

/** The API's parameters for fields of the domain. A map, because a caller can name a parameter `constructor`. */
export type ParameterNames = ReadonlyMap<string, string>;

const samplingParameters = [
  ['topP', 'top_p'],
  ['parallelToolCalls', 'parallel_tool_calls'],
] as const;

const completionParameters: ParameterNames = new Map([
  ...samplingParameters,
  ['message', 'messages'],
  ['presencePenalty', 'presence_penalty'],
  ['frequencyPenalty', 'frequency_penalty'],
  ['strictTools', 'tools[].function.strict'],
  ['json', 'response_format'],
  ['jsonObject', 'response_format'],
  ['reasoning', 'reasoning_effort'],
  ['images', 'messages[].content[].image_url'],
  ['files', 'messages[].content[].file'],
  ['fileUrls', 'messages[].content[].file'],
  ['names', 'messages[].name'],
]);

const responseParameters: ParameterNames = new Map([
  ...samplingParameters,
  ['message', 'input'],
  ['messages', 'input'],
  ['strictTools', 'tools[].strict'],
  ['json', 'text.format'],
  ['jsonObject', 'text.format'],
  ['reasoning', 'reasoning.effort'],
  ['verbosity', 'text.verbosity'],
  ['images', 'input[].content[].image_url'],
  ['files', 'input[].content[].file_data'],
  ['fileUrls', 'input[].content[].file_url'],
]);

/** Returns the names of parameters in the errors of a path of OpenAI's API. */
export function parameterNames(path: string): ParameterNames {
  return path.startsWith('/v1/responses') ? responseParameters : completionParameters;
}

/** The parameter that a code is about, if the problem names no field. */
const parametersByCode: Partial<Record<string, string>> = {
  model_not_found: 'model',
  model_not_allowed: 'model',
  context_length_exceeded: 'messages',
};

/** Client errors after which OpenAI's clients should retry. */
const retriedStatuses = new Set([408, 409, 429]);

/** The most field errors in one message, and the longest name of a parameter, which the caller chose. */
const limits = { fieldErrors: 5, parameterChars: 100 };

/** Presents a problem as an error of OpenAI's API. */
export function openAiError(
  { status, code, detail, errors, members }: Problem,
  names: ParameterNames = completionParameters,
) {
  const fieldErrors = Object.entries(errors ?? {}).map(([field, messages]) => ({
    parameter: parameterOf(field, names),
    message: messages.join(' '),
  }));
  const sentences = fieldErrors
    .slice(0, limits.fieldErrors)
    .map(({ parameter, message }) => `${parameter}: ${message}`);
  return {
    error: {
      message: sentences.length === 0 ? detail : sentences.join(' '),
      type: types[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error'),
      param: fieldErrors[0]?.parameter ?? parameterOfCode(code, names),
      code: openAiCodes[code] ?? code,
      ...members,
    },
  };
}

/** Returns the status of a problem in OpenAI's API, where an unknown model is 404. */
export function openAiStatus({ status, code }: Pick<Problem, 'status' | 'code'>): Problem['status'] {
  return code === 'model_not_found' ? 404 : status;
}

/** Returns the header that stops OpenAI's clients from retrying, if a retry would fail in the same way. */
export function openAiHeaders({ status, retryable }: Problem): Record<string, string> {
  const isFinal = retryable === false || (status < 500 && !retriedStatuses.has(status));
  return isFinal ? { 'X-Should-Retry': 'false' } : {};
}

function parameterOfCode(code: string, names: ParameterNames): string | null {
  const parameter = parametersByCode[code];
  return parameter === undefined ? null : parameterOf(parameter, names);
}

/** Writes the path of a field as OpenAI does: `messages[0].content`. */
function parameterOf(field: string, names: ParameterNames): string {
  const name = (names.get(field) ?? field).replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  return Array.from(name).slice(0, limits.parameterChars).join('');
}
