import type { ReplyChunk, ReplyPart, ReportedUsage, ToolCall } from '../../../ports/ai-model.js';
import { DomainError } from '../../errors.js';
import { codePointCount, storableText } from '../../text.js';
import { textSize, mergeReport, nothingReported, type KnownUsage } from '../../metering/usage.js';

/** A chunk of a reply as it is passed on to the caller. */
export type ContentChunk = Extract<
  ReplyChunk,
  { type: 'text' | 'reasoning' | 'reasoning_end' | 'tool_call' | 'tool_arguments' }
>;

/** What has come of a reply. */
export interface ReplyParts {
  /** Whole characters only. */
  readonly text: string;
  readonly toolCalls: readonly Readonly<ToolCall>[];
  /** Text, reasoning and calls in their order; without the reasoning if it is longer than a reply may be. */
  readonly parts: readonly ReplyPart[];
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
  parts: [],
  reasoningSize: 0,
  reported: nothingReported,
};

/** Returns what has come of a reply so far, as values that no longer change. */
export function partsOf({ text, toolCalls, parts, reasoningSize, reported }: ReplyParts): ReplyParts {
  return { text, toolCalls, parts, reasoningSize, reported };
}

/** Returns whether the provider sent anything that it bills as output: text, reasoning or a tool call. */
export function hasOutput({ text, toolCalls, reasoningSize }: ReplyParts): boolean {
  return text !== '' || toolCalls.length > 0 || reasoningSize > 0;
}

/**
 * Gathers a reply.
 *
 * @param maxChars The most code points that it may have, tool calls included. Reasoning that is longer is passed on, but
 * not kept.
 */
export function gatherReply(maxChars: number): GatheredReply {
  const text = growingText();
  const reasoning = growingText();
  const calls: { call: ToolCall; arguments: GrowingText }[] = [];
  const sections: Section[] = [];
  let reasoningChars = 0;
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
    get parts() {
      const kept = reasoningChars > maxChars ? sections.filter(({ type }) => type !== 'reasoning') : sections;
      return kept.flatMap((section) => partsOfSection(section, text.whole, reasoning.whole, calls));
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
          openSection(sections, 'text', text.whole.length);
          const added = count(text.add(chunk.text));
          extend(sections, text.whole.length);
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
          sections.push({ type: 'tool_call', index: calls.length });
          calls.push({ call, arguments: json });
          return { type: 'tool_call', call };
        }
        case 'tool_arguments': {
          const call = calls[chunk.index];
          if (call === undefined) throw new DomainError('provider_failed', 'The reply is out of order.');
          const added = count(call.arguments.add(chunk.text));
          return added === '' ? null : { type: 'tool_arguments', index: chunk.index, text: added };
        }
        case 'reasoning': {
          reasoningSize += textSize(chunk.text);
          openSection(sections, 'reasoning', reasoning.whole.length);
          const added = reasoning.add(chunk.text);
          reasoningChars += codePointCount(added);
          extend(sections, reasoning.whole.length);
          return added === '' ? null : { type: 'reasoning', text: added };
        }
        case 'reasoning_end': {
          const end = { ...chunk, signature: storableText(chunk.signature, true) };
          reasoningChars += end.signature.length;
          endReasoning(sections, end, reasoning.whole.length);
          return end;
        }
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
      const lastOfReasoning = reasoning.end();
      extendLast(sections, 'text', text.whole.length);
      extendLast(sections, 'reasoning', reasoning.whole.length);
      return [
        ...(lastOfReasoning === '' ? [] : [{ type: 'reasoning' as const, text: lastOfReasoning }]),
        ...(last === '' ? [] : [{ type: 'text' as const, text: last }]),
        ...calls.flatMap(({ arguments: json }, index) => {
          const rest = json.end() + (json.whole.trim() === '' ? json.add('{}') : '');
          return rest === '' ? [] : [{ type: 'tool_arguments' as const, index, text: rest }];
        }),
      ];
    },
  };
}

/** A part of a reply: a range of the text or of the reasoning, or a call by its index. */
type Section =
  | { type: 'text'; from: number; to: number }
  | { type: 'reasoning'; from: number; to: number; signature: string | null; isRedacted: boolean }
  | { type: 'tool_call'; index: number };

function openSection(sections: Section[], type: 'text' | 'reasoning', from: number): void {
  const last = sections.at(-1);
  if (last?.type === type && (last.type === 'text' || last.signature === null)) return;
  if (type === 'text') sections.push({ type, from, to: from });
  else sections.push({ type, from, to: from, signature: null, isRedacted: false });
}

function extend(sections: Section[], to: number): void {
  const last = sections.at(-1);
  if (last !== undefined && last.type !== 'tool_call') last.to = to;
}

/** Half a character at the end belongs to the last section of its kind. */
function extendLast(sections: Section[], type: 'text' | 'reasoning', to: number): void {
  const last = sections.findLast((section) => section.type === type);
  if (last !== undefined && last.type !== 'tool_call') last.to = to;
}

function endReasoning(
  sections: Section[],
  { signature, isRedacted }: { signature: string; isRedacted: boolean },
  end: number,
): void {
  const last = sections.at(-1);
  if (!isRedacted && last?.type === 'reasoning' && last.signature === null) last.signature = signature;
  else sections.push({ type: 'reasoning', from: end, to: end, signature, isRedacted });
}

function partsOfSection(
  section: Section,
  text: string,
  reasoning: string,
  calls: readonly { call: ToolCall; arguments: GrowingText }[],
): ReplyPart[] {
  switch (section.type) {
    case 'text': {
      const part = text.slice(section.from, section.to);
      return part === '' ? [] : [{ type: 'text', text: part }];
    }
    case 'reasoning': {
      const { signature, isRedacted } = section;
      const part = reasoning.slice(section.from, section.to);
      return part === '' && signature === null
        ? []
        : [{ type: 'reasoning', text: part, signature, isRedacted }];
    }
    case 'tool_call': {
      const called = calls[section.index];
      if (called === undefined) return [];
      return [{ type: 'tool_call', ...called.call, arguments: called.arguments.whole }];
    }
  }
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
