import { DomainError } from '../../domain/errors.js';
import type { ReplyChunk } from '../../ports/ai-model.js';
import { jsonEnd, type JsonEnd } from '../../domain/chat/json-end.js';

/** A part of a tool call as a provider sends it. An empty text is a missing field. */
export interface ToolFragment {
  /** The index of its call, if the provider sends one. Some send 0 for every call. */
  index: number | null;
  id: string;
  name: string;
  arguments: string;
  /** The signature of the reasoning before its call. */
  signature?: string;
  /** Whether a call certainly starts with it. */
  isFirst?: boolean;
}

/** Combines the fragments of one reply into calls. */
export interface ToolCalls {
  readonly count: number;
  /** Returns the chunks that a fragment adds. */
  take(fragment: ToolFragment): ReplyChunk[];
  /** Returns the chunks of calls that have not been passed on, and `{}` for calls without arguments. */
  finish(): ReplyChunk[];
}

/** More calls than any model makes. Each fragment is compared with all of them. */
const mostCalls = 1000;

interface OpenCall {
  index: number | null;
  id: string;
  name: string;
  /** Leading blanks, which wait for the first other character: a call without arguments gets `{}`. */
  waiting: string;
  end: JsonEnd;
  /** Its index among the calls that have been passed on; null before that. */
  place: number | null;
  hasArguments: boolean;
  signature: string | undefined;
}

/**
 * Combines fragments into tool calls. Providers differ: fragments repeat the id and the name or leave them out, leave out
 * the index or send 0 for every call, split names, interleave calls, and start the next call with its arguments alone. A
 * call is passed on with its first arguments, or when another one starts.
 *
 * @param toolNames The tools that the model may call: one of these names starts a new call instead of continuing a name.
 * @param newId Returns an id for a call that has none.
 */
export function toolCalls(toolNames: ReadonlySet<string>, newId: () => string): ToolCalls {
  const calls: OpenCall[] = [];
  const ids = new Set<string>();

  const passOn = (call: OpenCall, text: string): ReplyChunk => {
    if (call.name === '') {
      throw new DomainError('provider_failed', 'The AI provider sent a tool call without a name.');
    }
    call.place = ids.size;
    const id = call.id === '' || ids.has(call.id) ? newId() : call.id;
    ids.add(id);
    const { name, signature } = call;
    return {
      type: 'tool_call',
      call: { id, name, arguments: text, ...(signature === undefined ? {} : { signature }) },
    };
  };

  const passOnAllBefore = (call: OpenCall): ReplyChunk[] =>
    calls
      .slice(0, calls.indexOf(call))
      .filter(({ place }) => place === null)
      .map((earlier) => passOn(earlier, ''));

  const begin = (index: number | null, id: string, name: string): OpenCall => {
    if (calls.length === mostCalls) {
      throw new DomainError('provider_failed', 'The AI provider sent too many tool calls.');
    }
    const call: OpenCall = {
      ...{ index, id, name, waiting: '', end: jsonEnd(), place: null, hasArguments: false },
      signature: undefined,
    };
    calls.push(call);
    return call;
  };

  const extend = (call: OpenCall, text: string): ReplyChunk[] => {
    if (text === '') return [];
    if (!call.hasArguments && text.trim() === '') {
      call.waiting += text;
      return [];
    }
    const mine = call.end.feed(text);
    // Text after a complete object belongs to the next call, unless it is blank.
    const [own, rest] = text.slice(mine).trim() === '' ? [text, ''] : [text.slice(0, mine), text.slice(mine)];
    const whole = call.waiting + own;
    call.waiting = '';
    const chunks: ReplyChunk[] = [];
    if (call.place === null) chunks.push(...passOnAllBefore(call), passOn(call, whole));
    else if (whole !== '') chunks.push({ type: 'tool_arguments', index: call.place, text: whole });
    call.hasArguments = true;
    if (rest !== '') chunks.push(...extend(begin(call.index, '', call.name), rest));
    return chunks;
  };

  return {
    get count() {
      return calls.length;
    },
    take(fragment) {
      const { index, id, name, arguments: text, isFirst = false } = fragment;
      if (id === '' && name === '' && text === '') return [];
      const known = isFirst ? undefined : knownCall(calls, fragment);
      if (known === undefined || beginsAnother(known, fragment, toolNames)) {
        // Arguments alone call the same tool again.
        const inherited = text === '' ? '' : (known?.name ?? '');
        const call = begin(index, id, name === '' ? inherited : name);
        call.signature = fragment.signature;
        return extend(call, text);
      }
      if (known.place === null) {
        if (known.id === '') known.id = id;
        known.signature ??= fragment.signature;
        if (name !== known.name) known.name += name;
      }
      // Some providers repeat the whole call at its end.
      const isRepeated = known.end.isWhole && id !== '' && id === known.id;
      return isRepeated ? [] : extend(known, text);
    },
    finish() {
      const chunks: ReplyChunk[] = [];
      for (const call of calls) {
        if (call.hasArguments) continue;
        call.hasArguments = true;
        const { place } = call;
        chunks.push(
          place === null ? passOn(call, '{}') : { type: 'tool_arguments', index: place, text: '{}' },
        );
      }
      return chunks;
    },
  };
}

function knownCall(calls: readonly OpenCall[], { index, id }: ToolFragment): OpenCall | undefined {
  const isThere = (call: OpenCall) => index === null || call.index === index;
  const sameId = id === '' ? undefined : calls.findLast((call) => call.id === id && isThere(call));
  return sameId ?? (id === '' || index !== null ? calls.findLast(isThere) : undefined);
}

/** Returns whether a fragment starts a call although one of its index is known. */
function beginsAnother(known: OpenCall, fragment: ToolFragment, toolNames: ReadonlySet<string>): boolean {
  const { id, name, arguments: text } = fragment;
  if (id !== '' && known.id !== '' && id !== known.id) {
    // Some send a new id with every fragment. Arguments never start within an object.
    const isMiddle =
      known.hasArguments && !known.end.isWhole && text !== '' && !text.trimStart().startsWith('{');
    return !isMiddle || (name !== '' && name !== known.name);
  }
  if (id !== '' && id === known.id) return false;
  if (known.end.isWhole) return name !== '' || text.trim() !== '';
  if (name === '' || name === known.name) return false;
  return known.hasArguments || (toolNames.has(known.name) && toolNames.has(name));
}
