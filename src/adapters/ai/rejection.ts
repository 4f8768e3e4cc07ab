import type { IncomingHttpHeaders } from 'node:http';
import { DomainError, type ErrorDetails } from '../../domain/errors.js';
import { countOf, listOf, recordOf, textOf, type JsonRecord } from './lenient-json.js';
import { redact } from './redact.js';
import { retryAfterSeconds } from './retry-after.js';

/** An error that a provider reported, in a response of its own or within a stream. */
export interface ReportedError {
  /** Its HTTP status, if one is known. */
  status: number | null;
  message: string;
  /** Its code, type and the like, in lower case. */
  names: readonly string[];
  /** The parameter that caused it, or empty. */
  parameter: string;
}

/** Returns the DomainError for an error that a provider reported. */
export type ReportError = (error: ReportedError) => DomainError;

/** What else determines the DomainError. */
export interface RejectionContext {
  headers: IncomingHttpHeaders;
  now: () => Date;
  /** Texts that no message may contain. */
  secrets: readonly string[];
}

/** With other statuses from 300 to 499 the request itself is wrong (RFC 9110, sections 15.4 and 15.5). */
const temporaryStatuses = new Set([408, 409, 425, 429]);

/** Statuses about the provider's key, account or model, which only the operator can change. */
const operatorStatuses = new Set([401, 402, 403, 404]);

const statusOfName = new Map([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['invalid_api_key', 401],
  ['billing_error', 402],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['model_not_found', 404],
  ['request_too_large', 413],
  ['rate_limit_error', 429],
  ['rate_limit_exceeded', 429],
  ['insufficient_quota', 429],
  ['resource_exhausted', 429],
  ['api_error', 500],
  ['server_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
]);

const contextNames = [
  'context_length_exceeded',
  'exceed_context_size_error',
  'context_window_exceeded',
  'model_context_window_exceeded',
  'request_too_large',
];

/** The messages of providers that have no code for a context that is too long, in lower case. */
const contextPhrases = [
  'prompt is too long',
  'prompt too long',
  'input is too long',
  'context length',
  'context_length',
  'context limit',
  'context size',
  'context window',
  'maximum model length',
  'maximum prompt length',
  'maximum context',
  'reduce the length of the messages',
  'input token count',
  'too many input tokens',
  'max_new_tokens` must be <=',
];

const filterNames = [
  'content_filter',
  'content_filtered',
  'content_policy_violation',
  'responsibleaipolicyviolation',
  'data_inspection_failed',
  'moderation_blocked',
];

const filterPhrases = ['content filtering policy', 'content management policy', 'content exists risk'];

const unsupportedNames = [
  'unsupported_value',
  'unsupported_parameter',
  'invalid_value',
  'unknown_parameter',
  'integer_above_max_value',
  'integer_below_min_value',
  'decimal_above_max_value',
  'decimal_below_min_value',
  'string_above_max_length',
  'array_above_max_length',
  'invalid_function_parameters',
];

/** Fields at the start of Anthropic's, vLLM's and others' messages about a request. */
const requestFields = new Set([
  'messages',
  'system',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'top_k',
  'presence_penalty',
  'frequency_penalty',
  'seed',
  'stop',
  'stop_sequences',
  'tools',
  'tool_choice',
  'response_format',
  'reasoning_effort',
  'thinking',
  'output_config',
]);

/** Fields that callers do not choose. */
const ownFields = new Set(['model', 'stream', 'stream_options']);

/**
 * Returns the error that an event or a whole body reports; null if it reports none. Providers put it below `error`, as an
 * object or a text, in a list of one, or name the event `error`.
 */
export function reportedError(value: unknown, eventName: string | null): ReportedError | null {
  const record = recordOf(Array.isArray(value) ? (value as unknown[])[0] : value);
  if (record === null) return eventName === 'error' ? errorOf({}, {}) : null;
  const { error } = record;
  const inner = recordOf(error);
  if (inner !== null) return errorOf(inner, record);
  if (typeof error === 'string' && error !== '') return errorOf({ ...record, message: error }, record);
  const isError = eventName === 'error' || record['type'] === 'error' || record['object'] === 'error';
  return isError ? errorOf(record, record) : null;
}

/** Returns the error of a response with an error status, whatever its body. */
export function responseError(status: number, body: string): ReportedError {
  let value: unknown = null;
  try {
    value = JSON.parse(body);
  } catch {
    // Many send nothing, or an HTML page.
  }
  const record = recordOf(value);
  const error = reportedError(value, null) ?? errorOf(record ?? {}, record ?? {});
  return { ...error, status };
}

function errorOf(inner: JsonRecord, outer: JsonRecord): ReportedError {
  const innermost = recordOf(inner['innererror']);
  const metadata = recordOf(inner['metadata']);
  const names = [inner['code'], inner['type'], inner['status'], innermost?.['code'], outer['code']]
    .map((name) => textOf(name).toLowerCase())
    .filter((name) => name !== '');
  const said = [inner['code'], inner['status'], inner['status_code']]
    .map(countOf)
    .find((status) => status !== null && status >= 400 && status <= 599);
  return {
    status:
      said ?? names.map((name) => statusOfName.get(name)).find((status) => status !== undefined) ?? null,
    // OpenRouter puts the error of the provider behind it below `metadata`.
    message: [messageOf(inner) || messageOf(outer), textOf(metadata?.['raw'])].join(' ').trim(),
    names,
    parameter: textOf(inner['param']) || parameterOf(inner),
  };
}

function messageOf(record: JsonRecord): string {
  return textOf(record['message']) || textOf(record['detail']) || textOf(validationFault(record)?.['msg']);
}

/** Returns the last part of the location of a validation error, such as `["body", "temperature"]`. */
function parameterOf(record: JsonRecord): string {
  return textOf(listOf(validationFault(record)?.['loc']).at(-1));
}

/** Returns the validation error of servers made with FastAPI, such as Mistral's. */
function validationFault(record: JsonRecord): JsonRecord | null {
  const { detail } = recordOf(record['message']) ?? record;
  return recordOf(listOf(detail)[0]);
}

/** Returns the DomainError for a reported error. It has the provider's message only if the caller can change something. */
export function rejection(error: ReportedError, context: RejectionContext): DomainError {
  const { status, names, parameter } = error;
  if (status !== null && operatorStatuses.has(status)) return failed(error, { retryable: false });
  const isRequest = status === null || (status >= 400 && status < 500 && !temporaryStatuses.has(status));
  if (status === 413 || hasName(error, contextNames) || (isRequest && says(error, contextPhrases))) {
    const message = `The context is too long for the model. ${said(error, context)}`.trim();
    return new DomainError('context_length_exceeded', message, { fieldErrors: { messages: [message] } });
  }
  if (hasName(error, filterNames) || (isRequest && says(error, filterPhrases))) {
    const message = `The AI provider's content filter rejects the request. ${said(error, context)}`.trim();
    return new DomainError('content_filtered', message);
  }
  if (isRequest) {
    const named = parameter === '' ? fieldOf(error) || toolsOf(error) : parameter;
    const isUnsupported = hasName(error, unsupportedNames) || (named !== '' && status !== null);
    if (isUnsupported && !ownFields.has(named)) {
      const message = said(error, context) || 'The AI provider rejects a parameter of the request.';
      const field = redact(named, context.secrets);
      const details = field === '' ? {} : { fieldErrors: { [field]: [message] } };
      return new DomainError('unsupported_parameter', message, details);
    }
  }
  const seconds = retryAfterSeconds(context.headers, context.now());
  const details = seconds === null ? {} : { retryAfterSeconds: seconds };
  if (status === 429) {
    // An account without money stays so, however long the caller waits.
    const isUsedUp = names.includes('insufficient_quota');
    return new DomainError(
      'provider_busy',
      'The AI provider asks for fewer requests.',
      isUsedUp ? { ...details, retryable: false } : details,
      because(error),
    );
  }
  const isRetryable = status === null || status >= 500 || temporaryStatuses.has(status);
  return failed(error, isRetryable ? details : { retryable: false });
}

function failed(error: ReportedError, details: ErrorDetails): DomainError {
  return new DomainError('provider_failed', 'The AI provider rejected the request.', details, because(error));
}

/** For the operator: the status and the names, without anything of the request. */
function because({ status, names }: ReportedError): ErrorOptions {
  const words = [status === null ? '' : `status ${status}`, ...names.filter(isName)].filter(
    (word) => word !== '',
  );
  return { cause: new Error(`The AI provider's response: ${words.join(', ') || 'an error'}.`) };
}

function isName(name: string): boolean {
  return (
    name.length <= 60 &&
    Array.from(name).every((character) => character === '_' || (character >= 'a' && character <= 'z'))
  );
}

function said({ message }: ReportedError, { secrets }: RejectionContext): string {
  return redact(message, secrets);
}

function hasName({ names }: ReportedError, wanted: readonly string[]): boolean {
  return names.some((name) => wanted.includes(name));
}

function says({ message }: ReportedError, phrases: readonly string[]): boolean {
  const lower = message.toLowerCase();
  return phrases.some((phrase) => lower.includes(phrase));
}

/** Returns the field at the start of a message, as in `temperature: range: 0..1` and `messages.1.content: …`. */
function fieldOf({ message }: ReportedError): string {
  const path = message.trimStart().split(' ', 1)[0]?.replaceAll('`', '').replaceAll(':', '') ?? '';
  const field = path.split('.', 1)[0]?.split('[', 1)[0] ?? '';
  return requestFields.has(field) ? path : '';
}

/** Ollama's message for such a model is only that it "does not support tools". */
function toolsOf(error: ReportedError): string {
  return says(error, ['does not support tools']) ? 'tools' : '';
}
