import { DomainError } from '../../domain/errors.js';
import type { ReplyChunk } from '../../ports/ai-model.js';
import { jsonEnd, type JsonEnd } from './json-end.js';

/** A part of a tool call as a provider sends it; empty texts are what it leaves out. */
export interface ToolFragment {
  /** Which call it belongs to, if the provider says so. Some say 0 for every call. */
  index: number | null;
  id: string;
  name: string;
  arguments: string;
  /** Whether it certainly begins a call. */
  isFirst?: boolean;
}

/** Puts the calls of one reply together. */
export interface ToolCalls {
  readonly count: number;
  /** Returns the pieces that a fragment adds. */
  take(fragment: ToolFragment): ReplyChunk[];
  /** Returns the pieces of calls that have not been passed on, and `{}` for calls without arguments. */
  finish(): ReplyChunk[];
}

/** More than any model makes; each fragment is looked for among all of them. */
const mostCalls = 1000;

interface OpenCall {
  index: number | null;
  id: string;
  name: string;
  /** Blank characters before the first others wait here, because a call without arguments is to have `{}`. */
  waiting: string;
  end: JsonEnd;
  /** Its place among the calls that have been passed on; null until then. */
  place: number | null;
  hasArguments: boolean;
}

/**
 * Puts tool calls together from their fragments. Providers differ: fragments repeat the id and the name or leave them out,
 * leave out the index or send 0 for every call, split names, interleave calls, and begin the next call by its arguments
 * alone. A call is passed on with its first arguments, or when another one begins.
 *
 * @param toolNames The tools that the model may call: one of these names begins a new call instead of continuing a name.
 * @param newId Makes an id for a call that has none.
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
    return { type: 'tool_call', call: { id, name: call.name, arguments: text } };
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
    const call = { index, id, name, waiting: '', end: jsonEnd(), place: null, hasArguments: false };
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
    // What follows a whole object is the next call's, unless it is blank.
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
        // Arguments alone are of the same tool again.
        const inherited = text === '' ? '' : (known?.name ?? '');
        return extend(begin(index, id, name === '' ? inherited : name), text);
      }
      if (known.place === null) {
        if (known.id === '') known.id = id;
        if (name !== known.name) known.name += name;
      }
      // Some end a call by repeating it whole.
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

/** Whether a fragment begins a call, though one at its index is known. */
function beginsAnother(known: OpenCall, fragment: ToolFragment, toolNames: ReadonlySet<string>): boolean {
  const { id, name, arguments: text } = fragment;
  if (id !== '' && known.id !== '' && id !== known.id) {
    // Some make a new id for every fragment. No arguments begin in the middle of an object.
    const isMiddle =
      known.hasArguments && !known.end.isWhole && text !== '' && !text.trimStart().startsWith('{');
    return !isMiddle || (name !== '' && name !== known.name);
  }
  if (id !== '' && id === known.id) return false;
  if (known.end.isWhole) return name !== '' || text.trim() !== '';
  if (name === '' || name === known.name) return false;
  return known.hasArguments || (toolNames.has(known.name) && toolNames.has(name));
}
