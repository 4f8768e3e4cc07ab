/**
 * A call of one of the caller's tools. `arguments` is JSON as the model wrote it.
 *
 * @example
 * ```ts
 * const call: ToolCall = { id: 'call_1', name: 'weather', arguments: '{"city":"Bern"}' };
 * ```
 */
export interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

/**
 * A message that a model reads.
 *
 * @example
 * ```ts
 * const messages: ModelMessage[] = [
 *   { role: 'system', text: 'Reply in one sentence.' },
 *   { role: 'user', text: 'What is a ledger?' },
 * ];
 * ```
 */
export type ModelMessage =
  | { role: 'system'; text: string }
  | { role: 'user'; text: string }
  | { role: 'assistant'; text: string; toolCalls: readonly ToolCall[] }
  | { role: 'tool'; toolCallId: string; text: string };

/**
 * A tool that a model may call. `parameters` is a JSON Schema.
 *
 * @example
 * ```ts
 * const weather: ToolDefinition = {
 *   name: 'weather',
 *   description: 'The weather of a city.',
 *   parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
 * };
 * ```
 */
export interface ToolDefinition {
  name: string;
  description: string | null;
  parameters: Record<string, unknown>;
  /** Whether calls must follow the schema exactly. If absent, the provider decides. */
  strict?: boolean;
}

/**
 * How a model chooses the words of its reply. If a field is absent, the provider decides.
 *
 * @example
 * ```ts
 * const sampling: Sampling = { temperature: 0.2, stop: ['END'] };
 * ```
 */
export interface Sampling {
  temperature?: number;
  topP?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  seed?: number;
  stop?: readonly string[];
}

/**
 * A request for one reply.
 *
 * @example
 * ```ts
 * const request: ReplyRequest = {
 *   messages: [{ role: 'user', text: 'Hello' }],
 *   maxOutputTokens: null,
 *   sampling: {},
 *   tools: [],
 *   toolChoice: null,
 *   signal: AbortSignal.timeout(30_000),
 * };
 * ```
 */
export interface ReplyRequest {
  /** Oldest first; the model replies to the last one. */
  messages: readonly ModelMessage[];
  /** The most tokens that the reply may have; if null, the provider decides. */
  maxOutputTokens: number | null;
  sampling: Sampling;
  tools: readonly ToolDefinition[];
  /** Which tools the model may or must call; if null, the provider decides. */
  toolChoice: 'auto' | 'none' | 'required' | { name: string } | null;
  /** Aborted when the reply is no longer waited for; the model must then stop its work. */
  signal: AbortSignal;
}

/** Why a reply ended. */
export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'other';

/**
 * What a reply has used so far, in the provider's own tokens. A class that the provider does not report is null or absent.
 *
 * @example
 * ```ts
 * const usage: ReportedUsage = { input: 1200, cachedInput: 1024, output: 30 };
 * ```
 */
export interface ReportedUsage {
  /** All of the input, cached and written tokens included. */
  input: number | null;
  /** The part of the input that was read from a cache. */
  cachedInput?: number | null;
  /** The part of the input that was written to a cache. */
  cacheWrite?: number | null;
  /** All of the output, reasoning and tool calls included. */
  output: number | null;
  /** The part of the output that was reasoning. */
  reasoning?: number | null;
}

/**
 * A chunk of a reply. Chunks come in the order in which the provider sends them.
 *
 * - `text`: the next characters of the reply. A text may end within a surrogate pair.
 * - `reasoning`: the next characters of the model's reasoning, if the provider shows it. The provider bills it as output.
 * - `tool_call`: the next call starts, with its arguments as far as they are known. No `tool_arguments` follow if they are
 *   complete.
 * - `tool_arguments`: more of the arguments of the call with this index; the first call of a reply has index 0.
 * - `usage`: what the reply has used so far. It replaces what was reported before.
 * - `alive`: the provider sent something else (a comment, an empty delta, the start of a message).
 * - `finish`: once, last. `usage: null` keeps what was reported before. A reply without `finish` is incomplete.
 *
 * @example
 * ```ts
 * async function* reply(): AsyncGenerator<ReplyChunk> {
 *   yield { type: 'text', text: 'Hello' };
 *   yield { type: 'finish', reason: 'stop', usage: { input: 5, output: 1 } };
 * }
 * ```
 */
export type ReplyChunk =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | { type: 'tool_call'; call: ToolCall }
  | { type: 'tool_arguments'; index: number; text: string }
  | { type: 'usage'; usage: ReportedUsage }
  | { type: 'alive' }
  | { type: 'finish'; reason: FinishReason; usage: ReportedUsage | null };

/** A feature that a request may use and a model may not support. */
export type ModelFeature = 'tools' | 'strictTools' | keyof Sampling;

/**
 * A model: it replies to messages.
 *
 * @example
 * ```ts
 * const shouter: AiModel = {
 *   unsupported: ['tools'],
 *   async *reply({ messages }) {
 *     yield { type: 'text', text: (messages.at(-1)?.text ?? '').toUpperCase() };
 *     yield { type: 'finish', reason: 'stop', usage: null };
 *   },
 * };
 * ```
 */
export interface AiModel {
  /** The features that it does not support: a request that uses one is rejected by its name before the model is asked. */
  readonly unsupported: readonly ModelFeature[];
  /** The highest values that it accepts, if they are lower than the API's; a higher value is rejected likewise. */
  readonly limits?: Readonly<Partial<Record<'temperature' | 'topP', number>>>;
  /**
   * Yields the reply. A caller that stops reading stops the model. Throws a DomainError:
   * - `provider_failed` or `provider_timeout` if the provider cannot reply, with `retryable: false` in its details if the
   *   same request would fail again;
   * - `provider_busy` if the provider asks for fewer requests, with `retryAfterSeconds` if it says for how long;
   * - `context_length_exceeded`, `unsupported_parameter` or `content_filtered` if the provider rejects the request for
   *   that reason.
   * Any other error counts as `provider_failed`.
   */
  reply(request: ReplyRequest): AsyncIterable<ReplyChunk>;
}
