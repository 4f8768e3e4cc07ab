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
  /** By this the provider knows the reasoning before the call again, and some require it back with the call. */
  signature?: string;
}

/** Where an image or a file is: its bytes in Base64, or an address that the provider fetches. */
export type MediaSource = { type: 'base64'; mediaType: string; data: string } | { type: 'url'; url: string };

/** Asks a provider to keep the input up to this part in its cache, for this time; null for its usual time. */
export interface CacheControl {
  ttl: '5m' | '1h' | null;
}

interface CacheablePart {
  /** Only for providers with a cache that requests control; others ignore it. */
  cacheControl?: CacheControl;
}

/** A text. */
export interface TextPart extends CacheablePart {
  type: 'text';
  text: string;
}

/** An image. */
export interface ImagePart extends CacheablePart {
  type: 'image';
  source: MediaSource;
  /** How closely the model looks at it; if absent, the provider decides. */
  detail?: 'auto' | 'low' | 'high';
}

/** A file, such as a PDF or a text. */
export interface FilePart extends CacheablePart {
  type: 'file';
  source: MediaSource;
  name: string | null;
}

/** A call of one of the caller's tools, as a part of a message. */
export interface ToolCallPart extends ToolCall, CacheablePart {
  type: 'tool_call';
}

/** What a tool returned. */
export interface ToolResultPart extends CacheablePart {
  type: 'tool_result';
  toolCallId: string;
  content: readonly (TextPart | ImagePart | FilePart)[];
  isError: boolean;
}

/** The reasoning of a model, as far as its provider shows it. */
export interface ReasoningPart {
  type: 'reasoning';
  /** Empty if it is redacted. */
  text: string;
  /** By this the provider knows it again; of redacted reasoning, its encrypted text. Null if the provider gave none. */
  signature: string | null;
  isRedacted: boolean;
}

/** A part of a reply, in the order in which the model wrote them. */
export type ReplyPart = TextPart | ReasoningPart | ToolCallPart;

/**
 * A message that a model reads.
 *
 * @example
 * ```ts
 * const messages: ModelMessage[] = [
 *   { role: 'system', parts: [{ type: 'text', text: 'Reply in one sentence.' }] },
 *   { role: 'user', parts: [{ type: 'text', text: 'What is a ledger?' }] },
 * ];
 * ```
 */
export type ModelMessage =
  | { role: 'system'; parts: readonly TextPart[]; name?: string }
  | { role: 'user'; parts: readonly (TextPart | ImagePart | FilePart)[]; name?: string }
  | { role: 'assistant'; parts: readonly ReplyPart[]; name?: string }
  | { role: 'tool'; parts: readonly ToolResultPart[] };

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
  /** Only for providers with a cache that requests control; others ignore it. */
  cacheControl?: CacheControl;
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
  topK?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  seed?: number;
  stop?: readonly string[];
}

/**
 * The form of a reply: any JSON object, or JSON that follows a schema. If `strict` is null, the provider decides whether the
 * reply must follow it exactly.
 */
export type OutputFormat =
  | { type: 'json' }
  | {
      type: 'json_schema';
      name: string;
      description: string | null;
      schema: Record<string, unknown>;
      strict: boolean | null;
    };

type ReasoningEffort = 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** How much a model reasons before it replies. */
export type ReasoningRequest =
  | { mode: 'off' }
  /** As much as the model finds necessary. The effort is a hint, which models without reasoning ignore. */
  | { mode: 'adaptive'; effort?: ReasoningEffort }
  | { mode: 'effort'; effort: ReasoningEffort }
  | { mode: 'budget'; maxTokens: number };

/**
 * A request for one reply.
 *
 * @example
 * ```ts
 * const request: ReplyRequest = {
 *   messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] }],
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
  /** Whether the reply may call several tools; if absent, the provider decides. */
  parallelToolCalls?: boolean;
  /** Absent for plain text. */
  format?: OutputFormat;
  /** If absent, the provider decides. */
  reasoning?: ReasoningRequest;
  /** How long the reply should be; if absent, the provider decides. */
  verbosity?: 'low' | 'medium' | 'high';
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
 * - `reasoning_end`: the reasoning so far is complete, and has this signature. If it is redacted, it is a part of its own.
 * - `tool_call`: the next call starts, with its arguments as far as they are known. No `tool_arguments` follow if they are
 *   complete.
 * - `tool_arguments`: more of the arguments of the call with this index; the first call of a reply has index 0.
 * - `usage`: what the reply has used so far. It replaces what was reported before.
 * - `alive`: the provider sent something else (a comment, an empty delta, the start of a message).
 * - `finish`: once, last. `usage: null` keeps what was reported before. `stopSequence` is the one of the request's sequences
 *   that ended the reply, if the provider says it. A reply without `finish` is incomplete.
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
  | { type: 'reasoning_end'; signature: string; isRedacted: boolean }
  | { type: 'tool_call'; call: ToolCall }
  | { type: 'tool_arguments'; index: number; text: string }
  | { type: 'usage'; usage: ReportedUsage }
  | { type: 'alive' }
  | { type: 'finish'; reason: FinishReason; usage: ReportedUsage | null; stopSequence?: string | null };

/** What a model can do beyond texts. */
export type ModelCapability = 'images' | 'files' | 'json' | 'tools' | 'reasoning';

/**
 * A feature that a request may use and a model may not support. `jsonObject` is a format without a schema; `fileUrls` are
 * files by address.
 */
export type ModelFeature =
  | ModelCapability
  | 'jsonObject'
  | 'fileUrls'
  | 'strictTools'
  | 'parallelToolCalls'
  | 'verbosity'
  | 'names'
  | keyof Sampling;

/**
 * A model: it replies to messages.
 *
 * @example
 * ```ts
 * const shouter: AiModel = {
 *   unsupported: ['images', 'files', 'json', 'tools', 'reasoning'],
 *   async *reply({ messages }) {
 *     yield { type: 'text', text: messageText(messages.at(-1)).toUpperCase() };
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
