import * as v from 'valibot';
import type { ReasoningPart, ReplyPart } from '../../../ports/ai-model.js';
import { unstorableReason } from '../../../domain/text.js';

/** The prefixes of the ids of output items, by the parts of a reply. */
const prefixes = { text: 'msg', reasoning: 'rs', tool_call: 'fc' } as const satisfies Record<
  ReplyPart['type'],
  string
>;

/** Returns the id of a response, which has the id of its exchange. */
export function responseId(exchangeId: string): string {
  return `resp_${exchangeId.replaceAll('-', '')}`;
}

/** Returns the id of an output item: the `index`-th part of its type in the reply of an exchange. */
export function itemId(exchangeId: string, type: ReplyPart['type'], index: number): string {
  return `${prefixes[type]}_${exchangeId.replaceAll('-', '')}_${index}`;
}

/** A part of the reply of an earlier exchange. */
export interface PartReference {
  exchangeId: string;
  type: ReplyPart['type'];
  index: number;
}

/** Returns the part that an id of an output item names; null if it has another form. */
export function partOfId(id: string): PartReference | null {
  const [, prefix, a, b, c, d, e, index] =
    /^(msg|rs|fc)_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_(0|[1-9]\d{0,5})$/.exec(
      id,
    ) ?? [];
  const type = (Object.keys(prefixes) as ReplyPart['type'][]).find((part) => prefixes[part] === prefix);
  return type === undefined ? null : { exchangeId: [a, b, c, d, e].join('-'), type, index: Number(index) };
}

/** The beginning of every content: the version of its format. */
const version = 'mc1.';

const reasoningContent = v.object({
  text: v.string(),
  signature: v.nullable(v.string()),
  isRedacted: v.boolean(),
});

/**
 * Returns reasoning as the opaque `encrypted_content` that clients keep and send back. It contains the text and the
 * signature by which the provider knows its reasoning again; nothing in it is hidden from the caller.
 */
export function encodeReasoning({ text, signature, isRedacted }: ReasoningPart): string {
  return version + Buffer.from(JSON.stringify({ text, signature, isRedacted })).toString('base64url');
}

/** Returns the reasoning of an `encrypted_content`; null if it is none of `encodeReasoning`. */
export function decodeReasoning(content: string): ReasoningPart | null {
  if (!content.startsWith(version)) return null;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(content.slice(version.length), 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const parsed = v.safeParse(reasoningContent, value);
  if (!parsed.success) return null;
  const { text, signature, isRedacted } = parsed.output;
  const isStorable = unstorableReason(text) === null && unstorableReason(signature ?? '') === null;
  return isStorable ? { type: 'reasoning', text, signature, isRedacted } : null;
}
