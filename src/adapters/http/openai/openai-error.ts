import * as v from 'valibot';
import type { Problem } from '../kit/problem.js';

export const openAiErrorResponse = v.object({
  error: v.object({
    message: v.string(),
    type: v.string(),
    param: v.nullable(v.string()),
    code: v.string(),
    remaining_tokens: v.optional(v.number()),
    required_tokens: v.optional(v.number()),
    request_id: v.optional(v.string()),
  }),
});

/** OpenAI's word for a code, where it has one of its own. */
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

/** What a request calls what the domain calls otherwise. A map, for a caller can name a parameter `constructor`. */
const parameters = new Map([
  ['message', 'messages'],
  ['strictTools', 'tools[].function.strict'],
  ['topP', 'top_p'],
  ['presencePenalty', 'presence_penalty'],
  ['frequencyPenalty', 'frequency_penalty'],
]);

/** The parameter that a code is about, where no field is named. */
const parametersByCode: Partial<Record<string, string>> = {
  model_not_found: 'model',
  context_length_exceeded: 'messages',
};

/** Statuses after which OpenAI's clients send the same request again. */
const repeated = new Set([408, 409, 429]);

/** So many faults are told at once, and of a name that the caller chose so many characters. */
const longest = { faults: 5, parameter: 100 };

/** A problem as OpenAI's API tells its errors. */
export function openAiError({ status, code, detail, errors, members }: Problem) {
  const faults = Object.entries(errors ?? {}).map(([field, messages]) => ({
    parameter: parameterOf(field),
    told: messages.join(' '),
  }));
  const told = faults.slice(0, longest.faults).map((fault) => `${fault.parameter}: ${fault.told}`);
  return {
    error: {
      message: told.length === 0 ? detail : told.join(' '),
      type: types[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error'),
      param: faults[0]?.parameter ?? parametersByCode[code] ?? null,
      code: openAiCodes[code] ?? code,
      ...members,
    },
  };
}

/** The status of a problem where OpenAI's API is expected: a model that is not there is missing. */
export function openAiStatus({ status, code }: Pick<Problem, 'status' | 'code'>): Problem['status'] {
  return code === 'model_not_found' ? 404 : status;
}

/** Tells OpenAI's clients not to repeat what can only be refused again. */
export function openAiHeaders({ status, retryable }: Problem): Record<string, string> {
  const isFinal = retryable === false || (status < 500 && !repeated.has(status));
  return isFinal ? { 'X-Should-Retry': 'false' } : {};
}

/** As OpenAI writes it: `messages[0].content`. */
function parameterOf(field: string): string {
  const name = (parameters.get(field) ?? field).replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  return Array.from(name).slice(0, longest.parameter).join('');
}
