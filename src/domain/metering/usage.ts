import type {
  ModelMessage,
  OutputFormat,
  ReportedUsage,
  ToolCall,
  ToolDefinition,
} from '../../ports/ai-model.js';
import { mediaTokens } from './media-tokens.js';

/** What a model used for one reply, in its own tokens. */
export interface Usage {
  /** All of the input. */
  input: number;
  /** The part of the input that the provider had in its cache. */
  cachedInput: number;
  /** The part of the input that the provider wrote to its cache. */
  cacheWrite: number;
  /** All of the output. */
  output: number;
  /** The part of the output that was reasoning. */
  reasoning: number;
}

/** A class of usage. */
type UsageClass = keyof Usage;

/** What is known of the usage of a reply. A class that was never reported plausibly is null. */
export type KnownUsage = Record<UsageClass, number | null>;

/** The usage of a reply before its provider reports anything. */
export const nothingReported: KnownUsage = {
  input: null,
  cachedInput: null,
  cacheWrite: null,
  output: null,
  reasoning: null,
};

/**
 * Returns the usage of a reply after another report: the plausible counts of the report, and the known count of a class of
 * which it has none. A report is of the whole reply so far; the last plausible one counts.
 */
export function mergeReport(
  known: KnownUsage,
  report: Partial<ReportedUsage> | null | undefined,
): KnownUsage {
  return {
    input: plausibleWhole(report?.input) ?? known.input,
    cachedInput: plausiblePart(report?.cachedInput, known.cachedInput),
    cacheWrite: plausiblePart(report?.cacheWrite, known.cacheWrite),
    output: plausibleWhole(report?.output) ?? known.output,
    reasoning: plausiblePart(report?.reasoning, known.reasoning),
  };
}

/** Returns whether a provider reported input or output plausibly. */
export function isReported({ input, output }: Pick<KnownUsage, 'input' | 'output'>): boolean {
  return input !== null || output !== null;
}

/**
 * Returns what a provider reports as the count of all input or output, rounded and at most 2^53−1. Returns null for what is
 * no count, and for less than 1: neither a prompt with text nor a reply has 0 tokens, and without any the estimate is 0 as
 * well.
 */
function plausibleWhole(reported: unknown): number | null {
  const count = plausibleCount(reported);
  return count === 0 ? null : count;
}

/** A part may be 0, but a later 0 does not replace an earlier count: some providers report zeros at the end. */
function plausiblePart(reported: unknown, known: number | null): number | null {
  const count = plausibleCount(reported);
  return count === null || count === 0 ? (known ?? count) : count;
}

function plausibleCount(reported: unknown): number | null {
  if (typeof reported !== 'number' || !Number.isFinite(reported)) return null;
  const count = Math.min(Math.round(reported), Number.MAX_SAFE_INTEGER);
  return count < 0 ? null : count + 0;
}

/** A count that was more than is possible, and what it was reduced to. */
export interface ClampedCount {
  usageClass: UsageClass;
  reported: number;
  limit: number;
}

/**
 * Returns a usage without impossible counts: input at most what the model reads, output at most the limit that it was sent,
 * cached and written input together at most the input, reasoning at most the output. `clamped` lists what was reduced.
 */
export function clampUsage(
  usage: Usage,
  limits: { contextTokens: number; outputTokens: number },
): { usage: Usage; clamped: ClampedCount[] } {
  const clamped: ClampedCount[] = [];
  const atMost = (usageClass: UsageClass, limit: number): number => {
    const reported = usage[usageClass];
    if (reported <= limit) return reported;
    clamped.push({ usageClass, reported, limit });
    return limit;
  };
  const input = atMost('input', limits.contextTokens);
  const cachedInput = atMost('cachedInput', input);
  const cacheWrite = atMost('cacheWrite', input - cachedInput);
  const output = atMost('output', limits.outputTokens);
  const reasoning = atMost('reasoning', output);
  return { usage: { input, cachedInput, cacheWrite, output, reasoning }, clamped };
}

/**
 * How many tokens a text has, wherever a provider does not report it. No tokenizer is asked: models differ, and new ones come.
 * Sizes are in sixths of a token, so that sums of many characters are exact.
 *
 * `usual` is for charges without a report and for what a model can read; `most` is for holds, which must be enough for the
 * tokenizers of all models. Measured on the Universal Declaration of Human Rights in 528 languages with the tokenizers of
 * GPT-4, GPT-4o, Claude, Llama 2 and Llama 3.
 */
type Estimate = 'usual' | 'most';

const sixths = 6;

/** The sixths of a token that one character has, by its script. */
const sizes = {
  /** ASCII except digits: a third of a token; half a token in languages that tokenizers know badly. */
  ascii: { usual: 2, most: 3 },
  /** Some tokenizers make a token of each digit. */
  digit: { usual: 2, most: 6 },
  /** Latin letters with marks, Greek, Cyrillic, Hebrew, Arabic. */
  alphabet: { usual: 4, most: 9 },
  /** Other characters of two bytes in UTF-8, whose bytes, and the spaces between, can be a token each: Armenian, Syriac. */
  twoBytes: { usual: 9, most: 13 },
  /** Chinese, Japanese, Korean. */
  cjk: { usual: 6, most: 12 },
  /** Other characters of three bytes, likewise: scripts of India and South East Asia, Georgian, Ethiopic, symbols. */
  threeBytes: { usual: 9, most: 19 },
  /** Characters of four bytes: emoji, rare Chinese, historic scripts. */
  fourBytes: { usual: 12, most: 24 },
} as const;

/** The characters of a usual text for one token. */
const charactersPerToken = sixths / sizes.ascii.usual;

/** What a provider adds to a request: the marks around each message, and the texts that describe tools and schemas. In its own tokens. */
const overhead = { request: 16, message: 8, tool: 24, anyTools: 700 };

/** Returns the size of a text, in sixths of a token. */
export function textSize(text: string, estimate: Estimate = 'usual'): number {
  let size = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    size += sizeOf(unit)[estimate];
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(index + 1))) index += 1;
  }
  return size;
}

function sizeOf(unit: number): { usual: number; most: number } {
  if (unit < 0x80) return unit >= 0x30 && unit <= 0x39 ? sizes.digit : sizes.ascii;
  if (unit < 0x800) {
    const isAlphabet = unit < 0x530 || (unit >= 0x590 && unit < 0x700) || (unit >= 0x750 && unit < 0x780);
    return isAlphabet ? sizes.alphabet : sizes.twoBytes;
  }
  if (isHighSurrogate(unit)) return sizes.fourBytes;
  return isCjk(unit) ? sizes.cjk : sizes.threeBytes;
}

/** Radicals, kana, ideographs, Hangul, and full-width forms. */
function isCjk(unit: number): boolean {
  return (
    (unit >= 0x2e80 && unit < 0xa000) ||
    (unit >= 0xac00 && unit < 0xd800) ||
    (unit >= 0xf900 && unit < 0xfb00) ||
    (unit >= 0xff00 && unit < 0xfff0)
  );
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** Returns the tokens of a size in sixths, rounded up. */
export function tokensOf(size: number): number {
  return Math.ceil(size / sixths);
}

type MediaPart = Extract<ModelMessage['parts'][number], { type: 'image' | 'file' }>;

/**
 * Returns the size of all that a model reads of some messages and tools, in sixths of a token.
 *
 * @param countMedia Returns the tokens of an image or a file.
 */
export function inputSize(
  parts: readonly (ModelMessage | ToolDefinition)[],
  estimate: Estimate = 'usual',
  countMedia = (part: MediaPart): number => mediaTokens(part, undefined)[estimate],
): number {
  const sizeOfContent = (part: ModelMessage['parts'][number]): number => {
    switch (part.type) {
      case 'text':
        return textSize(part.text, estimate);
      case 'reasoning':
        // Without its text, the signature contains it.
        return textSize(part.text === '' ? (part.signature ?? '') : part.text, estimate);
      case 'tool_call':
        return textSize(part.name + part.arguments, estimate);
      case 'tool_result':
        return part.content.reduce((sum, one) => sum + sizeOfContent(one), 0);
      case 'image':
        return countMedia(part) * sixths;
      case 'file':
        // Providers show the model its name as well.
        return countMedia(part) * sixths + textSize(part.name ?? '', estimate);
    }
  };
  return parts.reduce(
    (sum, part) =>
      'role' in part
        ? part.parts.reduce((size, one) => size + sizeOfContent(one), sum)
        : sum + textSize(part.name + (part.description ?? '') + JSON.stringify(part.parameters), estimate),
    0,
  );
}

/** The tools and the output format of a request, which a model reads beside its messages. */
export interface InputSchemas {
  tools: readonly ToolDefinition[];
  format?: OutputFormat | undefined;
}

const noSchemas: InputSchemas = { tools: [] };

/** Returns all schemas as tools: to a model, the schema of its output is what the parameters of a tool are. */
function schemasOf({ tools, format }: InputSchemas): readonly ToolDefinition[] {
  if (format?.type !== 'json_schema') return tools;
  const { name, description, schema } = format;
  return [...tools, { name, description, parameters: schema }];
}

/**
 * Returns the estimated tokens of the texts of a model's input. Providers count images and files too differently to say that
 * a model cannot read them.
 */
export function estimateTexts(messages: readonly ModelMessage[], schemas: InputSchemas): number {
  return tokensOf(inputSize([...messages, ...schemasOf(schemas)], 'usual', () => 0));
}

/** Returns the estimated tokens of a model's input; at most `contextTokens`, for the model reads no more. */
export function estimateInput(
  messages: readonly ModelMessage[],
  contextTokens: number,
  schemas = noSchemas,
): number {
  return Math.min(tokensOf(inputSize([...messages, ...schemasOf(schemas)])), contextTokens);
}

/** What of a model decides how large its input can be. */
export interface InputLimits {
  /** The most tokens that it reads. */
  contextTokens: number;
  /** The most tokens of one image; if absent, an estimate by its size. */
  imageTokens?: number;
}

/**
 * Returns a number of tokens that a model's input hardly ever exceeds, with what the provider adds to it; at most
 * `contextTokens`.
 */
export function mostInput(
  messages: readonly ModelMessage[],
  { contextTokens, imageTokens }: InputLimits,
  schemas: InputSchemas,
): number {
  const all = schemasOf(schemas);
  const forSchemas = (schemas.tools.length === 0 ? 0 : overhead.anyTools) + all.length * overhead.tool;
  const added = overhead.request + messages.length * overhead.message + forSchemas;
  const size = inputSize([...messages, ...all], 'most', (part) => mediaTokens(part, imageTokens).most);
  return Math.min(tokensOf(size) + added, contextTokens);
}

/**
 * Returns the estimated tokens of a model's output: its text, the names and arguments of its tool calls, and its reasoning.
 *
 * @param reasoningSize The size of the reasoning, in sixths of a token.
 */
export function estimateOutput(
  text: string,
  toolCalls: readonly ToolCall[] | null,
  reasoningSize = 0,
): number {
  const written = (toolCalls ?? []).reduce(
    (sum, call) => sum + textSize(call.name + call.arguments),
    textSize(text),
  );
  return tokensOf(written + reasoningSize);
}

/** Returns the longest message that a model of this context can read, in code points. */
export function longestMessageChars({ contextTokens }: { contextTokens: number }): number {
  return contextTokens * charactersPerToken;
}
