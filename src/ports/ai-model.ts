/** A call of one of the caller's tools, as a model asks for it. `arguments` is JSON as the model wrote it. */
export interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

/** One turn of what a model is shown. */
export type ModelMessage =
  | { role: 'system'; text: string }
  | { role: 'user'; text: string }
  | { role: 'assistant'; text: string; toolCalls: readonly ToolCall[] }
  | { role: 'tool'; toolCallId: string; text: string };

/** A tool that a model may call. `parameters` is a JSON Schema. */
export interface ToolDefinition {
  name: string;
  description: string | null;
  parameters: Record<string, unknown>;
  /** Whether calls must keep to the schema to the letter; what is absent is the provider's choice. */
  strict?: boolean;
}

/** How a model is to word its reply; what is absent is the provider's choice. */
export interface Sampling {
  temperature?: number;
  topP?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  seed?: number;
  stop?: readonly string[];
}

/** What a model is asked. */
export interface ReplyRequest {
  /** Oldest first; the last is what it is to answer. */
  messages: readonly ModelMessage[];
  /** The most tokens that the reply may have; null leaves it to the provider. */
  maxOutputTokens: number | null;
  sampling: Sampling;
  tools: readonly ToolDefinition[];
  /** Which tools it may or must call; null leaves it to the provider. */
  toolChoice: 'auto' | 'none' | 'required' | { name: string } | null;
  /** Aborted when nobody waits for the reply any more; the model must then stop its work. */
  signal: AbortSignal;
}

/** Why a reply ended. */
export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'other';

/** What a provider says that a reply has used so far, in its own tokens. A class that it does not report is null. */
export interface ReportedUsage {
  input: number | null;
  output: number | null;
}

/**
 * A part of a reply, in the order in which the provider sends them.
 *
 * - `text`: the next characters of the reply. A text may end within a surrogate pair.
 * - `reasoning`: the next characters of what the model thinks, where the provider shows it. The provider bills it as output.
 * - `tool_call`: the next call begins, with its arguments as far as they are known. A model that knows them whole sends
 *   nothing more of the call.
 * - `tool_arguments`: more of the arguments of the call with this index; the first call of a reply has index 0.
 * - `usage`: what the reply has used up to now. It replaces what was reported before.
 * - `alive`: the provider sent something that is none of the above (a comment, an empty delta, the start of a message).
 * - `finish`: once, last. `usage: null` leaves what was reported before. A reply without `finish` is incomplete.
 */
export type ReplyChunk =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | { type: 'tool_call'; call: ToolCall }
  | { type: 'tool_arguments'; index: number; text: string }
  | { type: 'usage'; usage: ReportedUsage }
  | { type: 'alive' }
  | { type: 'finish'; reason: FinishReason; usage: ReportedUsage | null };

/** What a request may ask for and a model may be unable to do. */
export type ModelFeature = 'tools' | 'strictTools' | keyof Sampling;

/** Something that answers messages. */
export interface AiModel {
  /** What it cannot do: a request that asks for one of these is rejected by name before the model is asked. */
  readonly unsupported: readonly ModelFeature[];
  /** The highest value that it takes, where that is lower than the API's; a higher one is rejected likewise. */
  readonly limits?: Readonly<Partial<Record<'temperature' | 'topP', number>>>;
  /**
   * Yields the reply. A caller that stops reading stops the model. Throws a DomainError:
   * - `provider_failed` or `provider_timeout` when no reply can be had, with `retryable: false` among its details when
   *   the same request would only fail again;
   * - `provider_busy` when the provider asks for fewer requests, with `retryAfterSeconds` when it says for how long;
   * - `context_length_exceeded`, `unsupported_parameter` or `content_filtered` when the provider rejects the request
   *   for that reason.
   * Any other error counts as `provider_failed`.
   */
  reply(request: ReplyRequest): AsyncIterable<ReplyChunk>;
}
