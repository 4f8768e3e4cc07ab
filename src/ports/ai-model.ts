import type { Usage } from '../domain/chat/usage.js';

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

/**
 * A piece of a reply: what comes as it comes, then `finish` once, last. A reply without `finish` did not end well.
 * An empty text is a sign of life from a model that has nothing to say yet; a text may end within a character.
 */
export type ReplyPiece =
  | { type: 'text'; text: string }
  | { type: 'tool_call'; call: ToolCall }
  | { type: 'finish'; reason: FinishReason; usage: Usage | null };

/** What a request may ask for and a model may be unable to do. */
export type Refusable = 'tools' | 'strictTools' | keyof Sampling;

/** Something that answers messages. */
export interface AiModel {
  /** What it cannot do: a request that asks for one of these is to be refused by name, never made of it. */
  readonly refuses: readonly Refusable[];
  /**
   * Yields the reply. Whoever stops reading stops the model. Throws a DomainError `provider_failed` or
   * `provider_timeout` when there is none to be had, with `retryable: false` among its details when the same
   * request would only fail again; anything else it throws counts as `provider_failed`.
   */
  reply(request: ReplyRequest): AsyncIterable<ReplyPiece>;
}
