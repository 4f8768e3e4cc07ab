import type { ModelConnection } from '../../../src/adapters/ai/providers.js';
import { connectModel, type ConnectModelOptions } from '../../../src/adapters/ai/providers.js';
import type {
  FinishReason,
  ReplyPiece,
  ReplyRequest,
  ReportedUsage,
  ToolCall,
} from '../../../src/ports/ai-model.js';
import { secretKey } from './asked.js';

/** What a reply came to. */
export interface Gathered {
  text: string;
  reasoning: string;
  calls: ToolCall[];
  reason: FinishReason | null;
  /** What was reported last. */
  usage: ReportedUsage | null;
}

/** Puts the pieces of a reply together, as the port says that they go together. */
export function gathered(pieces: readonly ReplyPiece[]): Gathered {
  const reply: Gathered = { text: '', reasoning: '', calls: [], reason: null, usage: null };
  for (const piece of pieces) {
    if (reply.reason !== null) throw new TypeError('Something came after the end.');
    if (piece.type === 'text') reply.text += piece.text;
    if (piece.type === 'reasoning') reply.reasoning += piece.text;
    if (piece.type === 'tool_call') reply.calls.push({ ...piece.call });
    if (piece.type === 'usage') reply.usage = piece.usage;
    if (piece.type === 'tool_arguments') {
      const call = reply.calls[piece.index];
      if (call === undefined) throw new TypeError('There is no such call.');
      call.arguments += piece.text;
    }
    if (piece.type === 'finish') {
      reply.reason = piece.reason;
      reply.usage = piece.usage ?? reply.usage;
    }
  }
  return reply;
}

/** A request for a reply, with what a test is not about left out. */
export function requestFor(asked: Partial<ReplyRequest> = {}): ReplyRequest {
  return {
    messages: [{ role: 'user', text: 'Hi' }],
    maxOutputTokens: null,
    sampling: {},
    tools: [],
    toolChoice: null,
    signal: new AbortController().signal,
    ...asked,
  };
}

/** A connection to a provider of this kind at this address. */
export function connectionTo(
  provider: Exclude<ModelConnection['provider'], 'echo'>,
  baseUrl: string,
): ModelConnection {
  return { provider, baseUrl, apiKey: secretKey, upstream: 'upstream-model' };
}

/** Asks a provider and reads its whole reply. */
export async function piecesFrom(
  connection: ModelConnection,
  asked: Partial<ReplyRequest> = {},
  options: ConnectModelOptions = {},
): Promise<ReplyPiece[]> {
  const pieces: ReplyPiece[] = [];
  for await (const piece of connectModel(connection, options).reply(requestFor(asked))) pieces.push(piece);
  return pieces;
}
