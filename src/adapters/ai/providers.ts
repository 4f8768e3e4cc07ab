import { randomUUID } from 'node:crypto';
import type { AiModel } from '../../ports/ai-model.js';
import { anthropicReply } from './anthropic-reply.js';
import { anthropicBody } from './anthropic-request.js';
import { echoModel } from './echo.js';
import { openAiReply } from './openai-reply.js';
import { openAiBody } from './openai-request.js';
import { wireModel, type WireFormat, type WireOptions } from './wire-model.js';

/**
 * The provider of a model and its name there. A base URL includes the version, as in `https://host/v1`; null for the
 * provider's own.
 *
 * @example
 * ```ts
 * const connection: ModelConnection = {
 *   provider: 'openai-compatible',
 *   baseUrl: 'http://127.0.0.1:11434/v1',
 *   apiKey: null,
 *   upstream: 'llama3.2',
 * };
 * ```
 */
export type ModelConnection =
  | { provider: 'echo' }
  | { provider: 'openai-compatible'; baseUrl: string; apiKey: string | null; upstream: string }
  | { provider: 'openai' | 'anthropic'; baseUrl: string | null; apiKey: string; upstream: string };

/** A provider behind HTTP. */
type RemoteConnection = Exclude<ModelConnection, { provider: 'echo' }>;

/** The options of a connection to a model. */
export interface ConnectModelOptions extends WireOptions {
  /** Returns an id for a tool call without one; random by default. */
  newCallId?: () => string;
}

/**
 * Returns the model of a connection. Nothing is sent until its first reply is requested.
 *
 * @param connection The provider, its address and key, and the model's name there.
 * @param options Headers of each request, the clock, and how long to wait for the last usage, in milliseconds.
 * @returns The model, for `createCore`.
 *
 * @example
 * ```ts
 * import { connectModel } from 'metered-chat/ai';
 *
 * const model = connectModel({ provider: 'anthropic', baseUrl: null, apiKey, upstream: 'claude-sonnet-4-5' });
 * ```
 */
export function connectModel(connection: ModelConnection, options: ConnectModelOptions = {}): AiModel {
  const { newCallId = () => `call_${randomUUID().replaceAll('-', '')}` } = options;
  switch (connection.provider) {
    case 'echo':
      return echoModel();
    case 'anthropic':
      return wireModel(anthropicFormat(connection, newCallId), options);
    case 'openai':
    case 'openai-compatible':
      return wireModel(openAiFormat(connection, newCallId), options);
  }
}

/** Fields that some providers reject; the reply is the same without them. */
const optionalFields = [
  ['stream_options', 'asksForUsage'],
  ['reasoning_content', 'sendsReasoning'],
] as const;

function openAiFormat(connection: RemoteConnection, newCallId: () => string): WireFormat {
  const { provider, apiKey, upstream } = connection;
  const isOpenAi = provider === 'openai';
  const accepts = { asksForUsage: true, sendsReasoning: true };
  const body: WireFormat['body'] = (request) => openAiBody(upstream, request, { isOpenAi, ...accepts });
  return {
    unsupported: isOpenAi ? ['fileUrls', 'topK'] : ['fileUrls'],
    ...endpointOf(connection.baseUrl ?? 'https://api.openai.com/v1', 'chat/completions', apiKey),
    headers: { ...commonHeaders, ...(apiKey === null ? {} : { Authorization: `Bearer ${apiKey}` }) },
    body,
    bodyWithout({ status, message, parameter }, request) {
      if (status !== 400 && status !== 422) return null;
      const rejected = `${parameter} ${message}`;
      const field = optionalFields.find(([name, option]) => accepts[option] && rejected.includes(name));
      if (field === undefined) return null;
      accepts[field[1]] = false;
      return body(request);
    },
    reader: ({ tools }, reportError) =>
      openAiReply(new Set(tools.map(({ name }) => name)), newCallId, reportError),
  };
}

function anthropicFormat(connection: RemoteConnection, newCallId: () => string): WireFormat {
  const { apiKey, upstream } = connection;
  return {
    unsupported: ['jsonObject', 'names', 'verbosity', 'seed', 'presencePenalty', 'frequencyPenalty'],
    limits: { temperature: 1 },
    ...endpointOf(connection.baseUrl ?? 'https://api.anthropic.com/v1', 'messages', apiKey),
    headers: { ...commonHeaders, 'anthropic-version': '2023-06-01', 'x-api-key': apiKey ?? '' },
    body: (request) => anthropicBody(upstream, request),
    reader: (_, reportError) => anthropicReply(newCallId, reportError),
  };
}

const commonHeaders = {
  'Content-Type': 'application/json',
  Accept: 'text/event-stream',
  'Accept-Encoding': 'identity',
  // Some providers reject requests without one.
  'User-Agent': 'metered-chat',
};

/** Keeps the query of the base URL, such as the version of an API. */
function endpointOf(
  baseUrl: string,
  path: string,
  apiKey: string | null,
): Pick<WireFormat, 'url' | 'secrets'> {
  const url = new URL(baseUrl);
  url.pathname += url.pathname.endsWith('/') ? path : `/${path}`;
  return { url, secrets: [url.host, ...(apiKey === null ? [] : [apiKey])] };
}
