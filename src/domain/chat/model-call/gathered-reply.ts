import type { ReplyChunk, ReportedUsage, ToolCall } from '../../../ports/ai-model.js';
import { DomainError } from '../../errors.js';
import { codePointCount, storableText } from '../../text.js';
import { textSize, mergeReport, nothingReported, type KnownUsage } from '../../metering/usage.js';

/** A chunk of a reply as it is passed on to the caller. */
export type ContentChunk = Extract<ReplyChunk, { type: 'text' | 'tool_call' | 'tool_arguments' }>;

/** What has come of a reply. */
export interface ReplyParts {
  /** Whole characters only. */
  readonly text: string;
  readonly toolCalls: readonly Readonly<ToolCall>[];
  /** The size of the reasoning that the provider showed, which it bills as output, in sixths of a token. */
  readonly reasoningSize: number;
  /** What the provider has reported so far. */
  readonly reported: KnownUsage;
}

/** A reply that is being gathered. */
export interface GatheredReply extends ReplyParts {
  /**
   * Adds a chunk. Returns what is passed on of it, or null for nothing. Half a character waits for its other half; a
   * character that a database cannot hold is replaced by U+FFFD. Throws `provider_failed` if the reply becomes too long,
   * or for arguments of a call that has not started.
   */
  add(chunk: Exclude<ReplyChunk, { type: 'finish' }>): ContentChunk | null;
  /**
   * Ends the reply. Returns what remains to be passed on: U+FFFD for each half character, and `{}` as the arguments of
   * each call that has none.
   */
  finish(usage: ReportedUsage | null): ContentChunk[];
}

/** A reply of which nothing has come. */
export const emptyReply: ReplyParts = {
  text: '',
  toolCalls: [],
  reasoningSize: 0,
  reported: nothingReported,
};

/** Returns what has come of a reply so far, as values that no longer change. */
export function partsOf({ text, toolCalls, reasoningSize, reported }: ReplyParts): ReplyParts {
  return { text, toolCalls, reasoningSize, reported };
}

/** Returns whether the provider sent anything that it bills as output: text, reasoning or a tool call. */
export function hasOutput({ text, toolCalls, reasoningSize }: ReplyParts): boolean {
  return text !== '' || toolCalls.length > 0 || reasoningSize > 0;
}

/**
 * Gathers a reply.
 *
 * @param maxChars The most code points that it may have, tool calls included. Reasoning is not stored and not limited.
 */
export function gatherReply(maxChars: number): GatheredReply {
  const text = growingText();
  const calls: { call: ToolCall; arguments: GrowingText }[] = [];
  let chars = 0;
  let reasoningSize = 0;
  let reported = nothingReported;
  const count = (added: string) => {
    chars += codePointCount(added);
    if (chars > maxChars) throw new DomainError('provider_failed', 'The reply was too long.');
    return added;
  };

  return {
    get text() {
      return text.whole;
    },
    get toolCalls() {
      return calls.map(({ call, arguments: { whole } }) => ({ ...call, arguments: whole }));
    },
    get reasoningSize() {
      return reasoningSize;
    },
    get reported() {
      return reported;
    },
    add(chunk) {
      switch (chunk.type) {
        case 'text': {
          const added = count(text.add(chunk.text));
          return added === '' ? null : { type: 'text', text: added };
        }
        case 'tool_call': {
          const json = growingText();
          const call = {
            ...chunk.call,
            id: storableText(chunk.call.id, true),
            name: storableText(chunk.call.name, true),
            arguments: json.add(chunk.call.arguments),
          };
          count(call.id + call.name + call.arguments);
          calls.push({ call, arguments: json });
          return { type: 'tool_call', call };
        }
        case 'tool_arguments': {
          const call = calls[chunk.index];
          if (call === undefined) throw new DomainError('provider_failed', 'The reply is out of order.');
          const added = count(call.arguments.add(chunk.text));
          return added === '' ? null : { type: 'tool_arguments', index: chunk.index, text: added };
        }
        case 'reasoning':
          reasoningSize += textSize(chunk.text);
          return null;
        case 'usage':
          reported = mergeReport(reported, chunk.usage);
          return null;
        default:
          return null;
      }
    },
    finish(usage) {
      reported = mergeReport(reported, usage);
      const last = text.end();
      return [
        ...(last === '' ? [] : [{ type: 'text' as const, text: last }]),
        ...calls.flatMap(({ arguments: json }, index) => {
          const rest = json.end() + (json.whole.trim() === '' ? json.add('{}') : '');
          return rest === '' ? [] : [{ type: 'tool_arguments' as const, index, text: rest }];
        }),
      ];
    },
  };
}

/** A text that comes in parts, which may be split within a surrogate pair. */
interface GrowingText {
  readonly whole: string;
  /** Returns what the part adds to the whole characters. */
  add(part: string): string;
  /** Returns U+FFFD if the text ends within a character, else an empty text. */
  end(): string;
}

function growingText(): GrowingText {
  let whole = '';
  let half = '';
  const grow = (added: string) => {
    whole += added;
    return added;
  };
  return {
    get whole() {
      return whole;
    },
    add(part) {
      const text = half + part;
      half = endsWithinCharacter(text) ? text.slice(-1) : '';
      return grow(storableText(half === '' ? text : text.slice(0, -1), whole === ''));
    },
    end() {
      const last = storableText(half, whole === '');
      half = '';
      return grow(last);
    },
  };
}

function endsWithinCharacter(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
