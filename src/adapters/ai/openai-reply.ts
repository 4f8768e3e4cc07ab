import { DomainError } from '../../domain/errors.js';
import type { ReplyChunk, ReportedUsage } from '../../ports/ai-model.js';
import type { StreamEvent } from './event-stream.js';
import { finishReasonOf } from './finish-reasons.js';
import { countOf, listOf, recordOf, textOf, type JsonRecord } from './lenient-json.js';
import { llamaCppUsage, openAiUsage } from './openai-usage.js';
import { reportedError, type ReportError } from './rejection.js';
import type { ReplyReader, ReplyState } from './reply-reader.js';
import { toolCalls, type ToolFragment } from './tool-fragments.js';

/**
 * Reads replies in the format of OpenAI's Chat Completions as OpenAI, Azure, vLLM, llama.cpp, Ollama, Gemini, Mistral,
 * DeepSeek, OpenRouter and others really send it. Skips what it does not know. Only an error, a reply without a finish
 * reason and data that is not JSON are failures.
 */
export function openAiReply(
  toolNames: ReadonlySet<string>,
  newId: () => string,
  reportError: ReportError,
): ReplyReader {
  const calls = toolCalls(toolNames, newId);
  let state: ReplyState = 'open';
  let reason: string | null = null;
  let usage: ReportedUsage | null = null;
  let stopSequence: string | null = null;
  let hasChoices = false;

  const report = (reported: ReportedUsage): ReplyChunk[] => {
    usage = reported;
    return [{ type: 'usage', usage }];
  };

  const takeUsage = (record: JsonRecord | null): ReplyChunk[] => {
    if (record === null) return [];
    return report(openAiUsage(record));
  };

  const takeMessage = (message: JsonRecord, isWhole: boolean): ReplyChunk[] => {
    const chunks = textChunks(message);
    for (const fragment of fragmentsOf(message, isWhole)) chunks.push(...calls.take(fragment));
    return chunks;
  };

  const takeChunk = (chunk: JsonRecord): ReplyChunk[] => {
    const choice = recordOf(listOf(chunk['choices'])[0]);
    const chunks: ReplyChunk[] = [];
    const wasEnding = state === 'ending';
    if (choice !== null) {
      hasChoices = true;
      const message = recordOf(choice['message']);
      chunks.push(...takeMessage(recordOf(choice['delta']) ?? message ?? {}, message !== null));
      const said = textOf(choice['finish_reason']);
      if (said !== '') {
        reason = said;
        // vLLM and SGLang; a number is a token of the model.
        stopSequence = textOf(choice['stop_reason']) || textOf(choice['matched_stop']) || null;
        state = 'ending';
        if (finishReasonOf(said, { callsTools: false }) === 'failed') {
          throw new DomainError('provider_failed', 'The AI provider says that the reply failed.');
        }
      }
    }
    const isContent = chunks.length > 0;
    const timings = recordOf(chunk['timings']);
    const reported = [
      ...(timings === null ? [] : report(llamaCppUsage(timings))),
      ...takeUsage(usageOf(chunk, choice)),
    ];
    // Another report may follow the one in the chunk of the reason.
    if (wasEnding && !isContent && reported.length > 0) state = 'ended';
    return [...chunks, ...reported];
  };

  return {
    get state() {
      return state;
    },
    take({ event, data }: StreamEvent) {
      const text = data.trim();
      if (text === '') return [];
      if (text === '[DONE]') {
        if (!hasChoices) throw new DomainError('provider_failed', 'The AI provider sent no reply.');
        state = 'ended';
        return [];
      }
      const value: unknown = JSON.parse(text);
      const error = reportedError(value, event);
      if (error !== null) throw reportError(error);
      const chunk = recordOf(value);
      return chunk === null ? [] : takeChunk(chunk);
    },
    takeWhole(value) {
      const error = reportedError(value, null);
      if (error !== null) throw reportError(error);
      const chunk = recordOf(value);
      const chunks = chunk === null ? [] : takeChunk(chunk);
      if (hasChoices && state !== 'open') state = 'ended';
      return chunks;
    },
    finish() {
      const chunks = calls.finish();
      const meaning = reason === null ? 'other' : finishReasonOf(reason, { callsTools: calls.count > 0 });
      chunks.push({ type: 'finish', reason: meaning === 'failed' ? 'other' : meaning, usage, stopSequence });
      return chunks;
    },
  };
}

function textChunks(message: JsonRecord): ReplyChunk[] {
  const chunks: ReplyChunk[] = [];
  const { content, refusal } = message;
  const reasoning = textOf(message['reasoning_content']) || textOf(message['reasoning']);
  if (reasoning !== '') chunks.push({ type: 'reasoning', text: reasoning });
  for (const part of Array.isArray(content) ? listOf(content) : [content]) {
    if (typeof part === 'string') chunks.push({ type: 'text', text: part });
    else chunks.push(...partChunks(recordOf(part)));
  }
  chunks.push({ type: 'text', text: textOf(refusal) });
  return chunks.filter((chunk) => chunk.type !== 'text' || chunk.text !== '');
}

/** Some models of Mistral send reasoning and text as parts of a list. */
function partChunks(part: JsonRecord | null): ReplyChunk[] {
  if (part === null) return [];
  const { type, text, thinking } = part;
  if (type === 'text') return [{ type: 'text', text: textOf(text) }];
  if (type !== 'thinking') return [];
  const thoughts = typeof thinking === 'string' ? [thinking] : listOf(thinking).map(thoughtOf);
  return thoughts
    .filter((thought) => thought !== '')
    .map((thought) => ({ type: 'reasoning', text: thought }));
}

function thoughtOf(part: unknown): string {
  return textOf(recordOf(part)?.['text']);
}

function fragmentsOf(message: JsonRecord, isWhole: boolean): ToolFragment[] {
  const fragments: ToolFragment[] = [];
  for (const item of listOf(message['tool_calls'])) {
    const call = recordOf(item);
    if (call === null) continue;
    const index = countOf(call['index']);
    const fragment = {
      ...fragmentOf(index, textOf(call['id']), recordOf(call['function'])),
      ...thoughtSignature(call),
    };
    // A list has one item for each call, even if the items have no index or all the same one.
    const isAnother = fragments.some((earlier) => earlier.index === index) && fragment.name !== '';
    fragments.push({ ...fragment, isFirst: isWhole || isAnother });
  }
  const legacy = recordOf(message['function_call']);
  if (legacy !== null && fragments.length === 0) fragments.push(fragmentOf(null, '', legacy));
  return fragments;
}

/** Gemini's signature of a thought, which its models from 3 on require back. It is Base64; anything else is none. */
function thoughtSignature(call: JsonRecord): Pick<ToolFragment, 'signature'> {
  const signature = textOf(recordOf(recordOf(call['extra_content'])?.['google'])?.['thought_signature']);
  return isSignature(signature) ? { signature } : {};
}

/** More than any signature has, in characters. */
const longestSignature = 1024 * 1024;

function isSignature(text: string): boolean {
  return text !== '' && text.length <= longestSignature && !/[^\x21-\x7E]/.test(text);
}

function fragmentOf(index: number | null, id: string, called: JsonRecord | null): ToolFragment {
  const given = called?.['arguments'];
  const isObject = typeof given === 'object' && given !== null;
  return {
    index,
    id,
    name: textOf(called?.['name']),
    arguments: isObject ? JSON.stringify(given) : textOf(given),
  };
}

/** Most providers report the usage in the chunk, some in its choice or in a field of their own. */
function usageOf(chunk: JsonRecord, choice: JsonRecord | null): JsonRecord | null {
  return (
    recordOf(chunk['usage']) ?? recordOf(choice?.['usage']) ?? recordOf(recordOf(chunk['x_groq'])?.['usage'])
  );
}
