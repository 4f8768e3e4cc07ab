import type { Core } from '../../../domain/core.js';

/**
 * A language model of the AI SDK, of specification version 2 (AI SDK 5), 3 (AI SDK 6) or 4 (AI SDK 7).
 *
 * @example
 * ```ts
 * import { createAnthropic } from '@ai-sdk/anthropic';
 *
 * const model: AiSdkModel = createAnthropic({ apiKey }).chat('claude-sonnet-4-5');
 * ```
 */
export interface AiSdkModel {
  readonly specificationVersion: 'v2' | 'v3' | 'v4';
  readonly provider: string;
  readonly modelId: string;
  readonly supportedUrls: unknown;
  /** Returns a whole reply. */
  doGenerate(options: never): PromiseLike<object>;
  /** Returns a reply as a stream. */
  doStream(options: never): PromiseLike<{ stream: ReadableStream }>;
}

/** The use cases of the core that pay for calls. */
export interface MeteringCore {
  metering: Pick<Core['metering'], 'reserve' | 'settle' | 'release' | 'renew'>;
  chat: Pick<Core['chat'], 'models'>;
}

/** Who pays: the id of an account, or a function that returns it for each call. */
export type PayingUser = string | (() => string | undefined);

/** The options of a call that the metering reads; all others are passed on as they are. */
export interface CallOptions {
  prompt?: unknown;
  maxOutputTokens?: number;
  tools?: unknown;
  responseFormat?: unknown;
  providerOptions?: unknown;
  abortSignal?: AbortSignal;
}

/** A model as the metering calls it. */
export interface CallableModel {
  doGenerate(options: CallOptions): PromiseLike<object>;
  doStream(options: CallOptions): PromiseLike<{ stream: ReadableStream<StreamPart> }>;
}

/** A part of a streamed reply. */
export interface StreamPart {
  type: string;
}

/**
 * Returns the account that pays for a call.
 *
 * @throws TypeError if there is none.
 */
export function payingUser(userId: PayingUser): string {
  const id: unknown = typeof userId === 'function' ? userId() : userId;
  if (typeof id === 'string' && id !== '') return id;
  throw new TypeError('This call names no user: `userId` must be the id of an account.');
}
