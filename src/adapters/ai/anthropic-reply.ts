import { DomainError } from '../../domain/errors.js';
import type { FinishReason, ReplyChunk, ReportedUsage } from '../../ports/ai-model.js';
import { anthropicUsage } from './anthropic-usage.js';
import { finishReasonOf } from './finish-reasons.js';
import { countOf, listOf, recordOf, textOf, type JsonRecord } from './lenient-json.js';
import { reportedError, type ReportError } from './rejection.js';
import type { ReplyReader, ReplyState } from './reply-reader.js';
import { toolCalls } from './tool-fragments.js';

/** More than any block of reasoning has, in characters, and more blocks than are open at once. */
const [longestSignature, mostSignatures] = [4 * 1024 * 1024, 100];

/** Reads replies in the format of Anthropic's Messages. Skips what it does not know. */
export function anthropicReply(newId: () => string, reportError: ReportError): ReplyReader {
  const calls = toolCalls(new Set(), newId);
  /** The blocks that are calls of the caller's tools. */
  const toolBlocks = new Set<number>();
  /** The arguments at the start of a tool block, until others come. */
  const given = new Map<number, string>();
  /** The signatures of blocks of reasoning, until the block ends. */
  const signatures = new Map<number, string>();
  const usages = anthropicUsage();
  let state: ReplyState = 'open';
  let reason: FinishReason = 'other';
  let usage: ReportedUsage | null = null;
  let stopSequence: string | null = null;

  const takeUsage = (value: unknown): ReplyChunk[] => {
    const record = recordOf(value);
    if (record === null) return [];
    usage = usages.add(record);
    return [{ type: 'usage', usage }];
  };

  const takeReason = (end: JsonRecord | null) => {
    const said = textOf(end?.['stop_reason']);
    if (said === '') return;
    stopSequence = said === 'stop_sequence' ? textOf(end?.['stop_sequence']) || null : null;
    const meaning = finishReasonOf(said, { callsTools: false });
    if (meaning === 'failed') {
      throw new DomainError('provider_failed', 'The AI provider says that the reply failed.');
    }
    reason = meaning;
    state = 'ending';
  };

  const takeArguments = (index: number, text: string): ReplyChunk[] => {
    if (!toolBlocks.has(index)) return [];
    if (text.trim() !== '') given.delete(index);
    return calls.take({ index, id: '', name: '', arguments: text });
  };

  const sign = (index: number, value: unknown) => {
    const text = textOf(value);
    if (text === '') return;
    const signature = (signatures.get(index) ?? '') + text;
    if (signature.length > longestSignature || signatures.size > mostSignatures) {
      throw new DomainError('provider_failed', 'The AI provider sent a signature that is too long.');
    }
    signatures.set(index, signature);
  };

  const endBlock = (index: number): ReplyChunk[] => {
    const signature = signatures.get(index);
    if (signature !== undefined) {
      signatures.delete(index);
      return [{ type: 'reasoning_end', signature, isRedacted: false }];
    }
    const text = given.get(index);
    given.delete(index);
    return text === undefined ? [] : calls.take({ index, id: '', name: '', arguments: text });
  };

  const beginBlock = (index: number, block: JsonRecord | null): ReplyChunk[] => {
    switch (block?.['type']) {
      case 'text':
        return spoken('text', block['text']);
      case 'thinking':
        sign(index, block['signature']);
        return spoken('reasoning', block['thinking']);
      case 'redacted_thinking': {
        const data = textOf(block['data']);
        return data === '' ? [] : [{ type: 'reasoning_end', signature: data, isRedacted: true }];
      }
      case 'tool_use': {
        const input = recordOf(block['input']);
        if (input !== null && Object.keys(input).length > 0) given.set(index, JSON.stringify(input));
        toolBlocks.add(index);
        const [id, name] = [textOf(block['id']), textOf(block['name'])];
        return calls.take({ index, id, name, arguments: '', isFirst: true });
      }
      default:
        return [];
    }
  };

  const takeDelta = (index: number, delta: JsonRecord | null): ReplyChunk[] => {
    switch (delta?.['type']) {
      case 'text_delta':
        return spoken('text', delta['text']);
      case 'thinking_delta':
        return spoken('reasoning', delta['thinking']);
      case 'signature_delta':
        sign(index, delta['signature']);
        return [];
      case 'input_json_delta':
        return takeArguments(index, textOf(delta['partial_json']));
      default:
        return [];
    }
  };

  const takeEvent = (event: JsonRecord): ReplyChunk[] => {
    const index = countOf(event['index']) ?? 0;
    switch (event['type']) {
      case 'message_start':
        return takeUsage(recordOf(event['message'])?.['usage']);
      case 'content_block_start':
        return beginBlock(index, recordOf(event['content_block']));
      case 'content_block_delta':
        return takeDelta(index, recordOf(event['delta']));
      case 'content_block_stop':
        return endBlock(index);
      case 'message_delta': {
        const chunks = takeUsage(event['usage']);
        takeReason(recordOf(event['delta']));
        // The output count of the start is only that of the first tokens.
        if (chunks.length === 0 && state === 'ending' && usage !== null) usage = { ...usage, output: null };
        return chunks;
      }
      case 'message_stop':
        if (state === 'ending') state = 'ended';
        return [];
      default:
        return [];
    }
  };

  return {
    get state() {
      return state;
    },
    take({ event, data }) {
      const text = data.trim();
      if (text === '') return [];
      // Some gateways end every stream as OpenAI does.
      if (text === '[DONE]') {
        if (state === 'ending') state = 'ended';
        return [];
      }
      const value: unknown = JSON.parse(text);
      const error = reportedError(value, event);
      if (error !== null) throw reportError(error);
      const record = recordOf(value);
      return record === null ? [] : takeEvent(record);
    },
    takeWhole(value) {
      const error = reportedError(value, null);
      if (error !== null) throw reportError(error);
      const message = recordOf(value);
      if (message?.['type'] !== 'message') return [];
      const chunks = listOf(message['content']).flatMap((block, index) => [
        ...beginBlock(index, recordOf(block)),
        ...endBlock(index),
      ]);
      chunks.push(...takeUsage(message['usage']));
      takeReason(message);
      if (state === 'ending') state = 'ended';
      return chunks;
    },
    finish() {
      const chunks = [...signatures.keys(), ...given.keys()].flatMap(endBlock);
      chunks.push(...calls.finish());
      const isStopped = reason === 'stop' && calls.count > 0;
      chunks.push({ type: 'finish', reason: isStopped ? 'tool_calls' : reason, usage, stopSequence });
      return chunks;
    },
  };
}

function spoken(type: 'text' | 'reasoning', value: unknown): ReplyChunk[] {
  const text = textOf(value);
  return text === '' ? [] : [{ type, text }];
}
