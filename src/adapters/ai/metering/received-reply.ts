import type { ReportedUsage, ToolCall } from '../../../ports/ai-model.js';
import type { ReplyParts } from '../../../domain/chat/model-call/gathered-reply.js';
import { mergeReport, nothingReported, textSize } from '../../../domain/metering/usage.js';
import { countOf, listOf, recordOf, textOf, type JsonRecord } from '../lenient-json.js';

/** What has come of a reply, as far as its charge depends on it. */
export interface ReceivedReply extends Pick<ReplyParts, 'text' | 'toolCalls' | 'reasoningSize' | 'reported'> {
  /** Whether the provider sent anything that it bills as output. */
  readonly hasOutput: boolean;
  /** Adds a part of a stream, or of the content of a whole reply. */
  add(part: unknown): void;
  /** Takes the usage of the end of a reply. Returns whether the provider completed it. */
  finish(end: JsonRecord): boolean;
}

export function receiveReply(): ReceivedReply {
  const calls = new Map<string, ToolCall>();
  let [text, reasoningSize, reported, hasFiles] = ['', 0, nothingReported, false];
  const call = (id: string, name: string) => {
    const known = calls.get(id) ?? { id, name, arguments: '' };
    calls.set(id, known);
    return known;
  };
  return {
    get text() {
      return text;
    },
    get reasoningSize() {
      return reasoningSize;
    },
    get toolCalls() {
      return [...calls.values()];
    },
    get reported() {
      return reported;
    },
    get hasOutput() {
      return text !== '' || reasoningSize > 0 || calls.size > 0 || hasFiles;
    },
    add(value) {
      const part = recordOf(value) ?? {};
      switch (part['type']) {
        case 'text':
        case 'text-delta':
          text += textOf(part['text'] ?? part['delta']);
          break;
        case 'reasoning':
        case 'reasoning-delta':
          reasoningSize += textSize(textOf(part['text'] ?? part['delta']));
          break;
        case 'tool-input-start':
          call(textOf(part['id']), textOf(part['toolName']));
          break;
        case 'tool-input-delta':
          call(textOf(part['id']), '').arguments += textOf(part['delta']);
          break;
        case 'tool-call':
          // The whole arguments, whatever came of them before.
          call(textOf(part['toolCallId']), textOf(part['toolName'])).arguments = textOf(part['input']);
          break;
        case 'file':
        case 'reasoning-file':
          hasFiles = true;
          break;
        default:
      }
    },
    finish(end) {
      for (const part of listOf(end['content'])) this.add(part);
      const usage = reportedUsage(end);
      reported = mergeReport(reported, usage);
      return isComplete(end['finishReason'], usage);
    },
  };
}

/** Ends that are no ends: the provider failed, or the connection was cut. */
const failures = new Set(['error', 'interrupted']);

/**
 * A model that got no reason from its provider names `other`, without a raw one, or `unknown` (version 2). Version 2 also does
 * so for a reason that it does not know; then the provider reported its usage.
 */
function isComplete(finishReason: unknown, { input, output }: ReportedUsage): boolean {
  const reason = recordOf(finishReason);
  const unified = textOf(reason?.['unified'] ?? finishReason);
  if (unified === '' || failures.has(unified)) return false;
  if (reason !== null) return unified !== 'other' || reason['raw'] !== undefined;
  return unified !== 'unknown' || ((input ?? 0) > 0 && (output ?? 0) > 0);
}

/** Returns the usage of a reply; input and output include their classes, in all versions. */
function reportedUsage({ usage, providerMetadata }: JsonRecord): ReportedUsage {
  const given = recordOf(usage) ?? {};
  const [input, output] = [recordOf(given['inputTokens']), recordOf(given['outputTokens'])];
  if (input === null || output === null) return usageOfVersion2(given, recordOf(providerMetadata) ?? {});
  return {
    input: countOf(input['total']),
    cachedInput: countOf(input['cacheRead']),
    cacheWrite: countOf(input['cacheWrite']),
    output: countOf(output['total']),
    reasoning: countOf(output['reasoning']),
  };
}

/**
 * Version 2 has no count of written input, and its models of Anthropic and Bedrock do not count the input of the cache as
 * input. They give the written input in their metadata.
 */
function usageOfVersion2(given: JsonRecord, metadata: JsonRecord): ReportedUsage {
  const [anthropic, bedrock] = [recordOf(metadata['anthropic']), recordOf(metadata['bedrock'])];
  const input = countOf(given['inputTokens']);
  const output = countOf(given['outputTokens']);
  const reasoning = countOf(given['reasoningTokens']);
  const cachedInput = countOf(given['cachedInputTokens']);
  const cacheWrite = countOf(
    anthropic?.['cacheCreationInputTokens'] ?? recordOf(bedrock?.['usage'])?.['cacheWriteInputTokens'],
  );
  const isApart = anthropic !== null || bedrock !== null || (cachedInput ?? 0) > (input ?? 0);
  const whole = isApart ? (input ?? 0) + (cachedInput ?? 0) + (cacheWrite ?? 0) : input;
  return {
    input: input === null ? null : whole,
    ...{ cachedInput, cacheWrite },
    output: hasReasoningApart(given) ? (output ?? 0) + (reasoning ?? 0) : output,
    reasoning,
  };
}

/** Some models do not count their reasoning as output, but in the total. */
function hasReasoningApart(given: JsonRecord): boolean {
  const counts = [
    given['inputTokens'],
    given['outputTokens'],
    given['reasoningTokens'],
    given['totalTokens'],
  ];
  const [input, output, reasoning, total] = counts.map((count) => countOf(count) ?? 0) as [
    number,
    number,
    number,
    number,
  ];
  return reasoning > 0 && total >= input + output + reasoning;
}
