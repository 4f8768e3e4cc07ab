import type { ModelConnection } from '../../../src/adapters/ai/providers.js';
import { connectModel, type ConnectModelOptions } from '../../../src/adapters/ai/providers.js';
import type {
  FinishReason,
  ReplyChunk,
  ReplyRequest,
  ReportedUsage,
  ToolCall,
} from '../../../src/ports/ai-model.js';
import { secretKey } from './asked.js';

/** A complete reply. */
export interface Gathered {
  text: string;
  reasoning: string;
  calls: ToolCall[];
  reason: FinishReason | null;
  /** The last report, without the parts that it lacks. */
  usage: ReportedUsage | null;
}

/** Combines the chunks of a reply as the port defines. */
export function gathered(chunks: readonly ReplyChunk[]): Gathered {
  const reply: Gathered = { text: '', reasoning: '', calls: [], reason: null, usage: null };
  for (const chunk of chunks) {
    if (reply.reason !== null) throw new TypeError('Something came after the end.');
    if (chunk.type === 'text') reply.text += chunk.text;
    if (chunk.type === 'reasoning') reply.reasoning += chunk.text;
    if (chunk.type === 'tool_call') reply.calls.push({ ...chunk.call });
    if (chunk.type === 'usage') reply.usage = chunk.usage;
    if (chunk.type === 'tool_arguments') {
      const call = reply.calls[chunk.index];
      if (call === undefined) throw new TypeError('There is no such call.');
      call.arguments += chunk.text;
    }
    if (chunk.type === 'finish') {
      reply.reason = chunk.reason;
      reply.usage = chunk.usage ?? reply.usage;
    }
  }
  return { ...reply, usage: reply.usage === null ? null : withoutAbsentParts(reply.usage) };
}

function withoutAbsentParts({ input, output, ...parts }: ReportedUsage): ReportedUsage {
  const reported = Object.entries(parts).filter(([, count]) => typeof count === 'number');
  return { input, output, ...Object.fromEntries(reported) };
}

/** Returns a request with defaults. */
export function requestFor(asked: Partial<ReplyRequest> = {}): ReplyRequest {
  return {
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
    maxOutputTokens: null,
    sampling: {},
    tools: [],
    toolChoice: null,
    signal: new AbortController().signal,
    ...asked,
  };
}

/** Returns a connection to this provider at this address. */
export function connectionTo(
  provider: Exclude<ModelConnection['provider'], 'echo'>,
  baseUrl: string,
): ModelConnection {
  return { provider, baseUrl, apiKey: secretKey, upstream: 'upstream-model' };
}

/** Requests a reply and reads it to its end. */
export async function chunksFrom(
  connection: ModelConnection,
  asked: Partial<ReplyRequest> = {},
  options: ConnectModelOptions = {},
): Promise<ReplyChunk[]> {
  const chunks: ReplyChunk[] = [];
  for await (const chunk of connectModel(connection, options).reply(requestFor(asked))) chunks.push(chunk);
  return chunks;
}
