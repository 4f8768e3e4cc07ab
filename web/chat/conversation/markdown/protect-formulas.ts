/** What Markdown must not change, and is inserted after it was parsed. */
export type Protected =
  | { kind: 'formula'; tex: string; isDisplayed: boolean; source: string }
  /** Shown as it is: backslashes that Markdown would remove, and a formula whose end has not come. */
  | { kind: 'literal'; source: string };

export interface ProtectedText {
  /** With a placeholder for each of `parts`. */
  text: string;
  parts: readonly Protected[];
}

const [mark, endMark] = ['\uF8F1', '\uF8F2'];
/** The placeholders in a text; its group is the index of the part. */
export const placeholders = /\uF8F1(\d+)\uF8F2/g;

const fenceLine = /(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(`{3,}|~{3,})/y;
const nextSpecial = /[\\`$\n]/g;
const endOfParagraph = /\n[ \t>]*(?:\n|```|~~~)/g;
/** Formulas within a line of text do not reach into the next item of a list or row of a table. */
const endOfItem = /\n[ \t>]*(?:\n|```|~~~|\||[-*+][ \t]|\d{1,9}[.)][ \t])/g;
const mathematical = /[\\^_=+<>{}/*|-]/;

/**
 * Replaces formulas (`\(…\)`, `\[…\]`, `$$…$$`, `$…$`) outside of code by placeholders, and `\,` and `\;` by literals.
 *
 * @param isGrowing Whether more text comes. A formula without an end is shown as its source then.
 */
export function protectFormulas(source: string, isGrowing: boolean): ProtectedText {
  const input = source.replaceAll(/[\uF8F1\uF8F2]/g, '\uFFFD');
  const parts: Protected[] = [];
  const output: string[] = [];
  const ends = endFinder(input);
  let isLineStart = true;
  let at = 0;

  const protect = (part: Protected) => {
    output.push(`${mark}${parts.length}${endMark}`);
    parts.push(part);
    at += part.source.length;
  };
  const copyTo = (end: number) => {
    output.push(input.slice(at, end));
    at = end;
  };
  /** Protects a formula between delimiters; copies the opening one if it is none. */
  const delimited = (open: string, close: string, isDisplayed: boolean) => {
    const start = at + open.length;
    const boundary = isDisplayed ? endOfParagraph : endOfItem;
    const end = ends.of(close, start, boundary);
    if (end === null) {
      if (isGrowing && ends.mayCome(close)) protect({ kind: 'literal', source: input.slice(at) });
      else copyTo(start);
      return;
    }
    const tex = withoutQuoteMarks(input.slice(start, end), lineBefore(input, at));
    const after = end + close.length;
    const isFormula = isDisplayed
      ? isDisplayedFormula(tex, lineBefore(input, at), input.slice(after, after + 200))
      : tex.trim() !== '';
    if (isFormula) protect({ kind: 'formula', tex, isDisplayed, source: input.slice(at, after) });
    else copyTo(start);
  };

  while (at < input.length) {
    if (isLineStart) {
      isLineStart = false;
      const end = endOfFence(input, at);
      if (end !== null) {
        copyTo(end);
        continue;
      }
    }
    nextSpecial.lastIndex = at;
    copyTo(nextSpecial.exec(input)?.index ?? input.length);
    const [char, next] = [input[at], input[at + 1]];
    if (char === '\n') {
      isLineStart = true;
      copyTo(at + 1);
    } else if (char === '\\') {
      if (next === '(') delimited('\\(', '\\)', false);
      else if (next === '[') delimited('\\[', '\\]', true);
      else if (next === ',' || next === ';') protect({ kind: 'literal', source: `\\${next}` });
      else copyTo(next === '\n' ? at + 1 : at + 2);
    } else if (char === '`') copyTo(ends.ofCode(at));
    else if (char === '$') {
      const run = runLength(input, at);
      const end = run === 1 ? endOfDollars(input, at) : null;
      if (run === 2) delimited('$$', '$$', true);
      else if (end === null) copyTo(at + run);
      else {
        const tex = input.slice(at + 1, end);
        protect({ kind: 'formula', tex, isDisplayed: false, source: `$${tex}$` });
      }
    }
  }
  return { text: output.join(''), parts };
}

/**
 * Finds ends. What was not found once is not searched again in the same paragraph, and a boundary not either, so that no text
 * takes long.
 */
function endFinder(input: string) {
  const missingUntil = new Map<string, number>();
  const boundaries = new Map<RegExp, { from: number; at: number }>();
  const boundaryAfter = (start: number, boundary: RegExp): number => {
    const known = boundaries.get(boundary);
    if (known !== undefined && known.from <= start && start <= known.at) return known.at;
    boundary.lastIndex = start;
    const at = boundary.exec(input)?.index ?? input.length;
    boundaries.set(boundary, { from: start, at });
    return at;
  };
  const searched = (
    name: string,
    start: number,
    boundary: RegExp,
    search: (limit: number) => number | null,
  ) => {
    if (start < (missingUntil.get(name) ?? 0)) return null;
    const limit = boundaryAfter(start, boundary);
    const end = search(limit);
    if (end === null) missingUntil.set(name, limit);
    return end;
  };
  return {
    /** Whether the end that was not found may be in text that comes. */
    mayCome: (close: string) => missingUntil.get(close) === input.length,
    of: (close: string, start: number, boundary: RegExp) =>
      searched(close, start, boundary, (limit) => {
        for (let at = start; at < limit; at += 1) {
          if (input.startsWith(close, at)) return at;
          // The next character is escaped, also if it is a backslash.
          if (input[at] === '\\') at += 1;
        }
        return null;
      }),
    /** The end of a code span, or of its opening backticks if it has none. */
    ofCode: (start: number) => {
      const length = runLength(input, start);
      const opened = start + length;
      const end = searched('`'.repeat(Math.min(length, 100)), opened, endOfParagraph, (limit) => {
        for (let at = input.indexOf('`', opened); at >= 0 && at < limit; at = input.indexOf('`', at)) {
          const closing = runLength(input, at);
          at += closing;
          if (closing === length) return at;
        }
        return null;
      });
      return end ?? opened;
    },
  };
}

function runLength(input: string, start: number): number {
  let end = start + 1;
  while (input[end] === input[start]) end += 1;
  return end - start;
}

/** The end of a fenced block of code that begins at this line; null if none does. */
function endOfFence(input: string, start: number): number | null {
  fenceLine.lastIndex = start;
  const fence = fenceLine.exec(input)?.[1];
  if (fence === undefined) return null;
  const lineEnd = input.indexOf('\n', start);
  const info = input.slice(fenceLine.lastIndex, lineEnd < 0 ? input.length : lineEnd);
  if (fence.startsWith('`') && info.includes('`')) return null;
  if (lineEnd < 0) return input.length;
  const closing = new RegExp(`^[ \\t>]*${fence[0] ?? ''}{${fence.length},}[ \\t]*$`, 'gm');
  closing.lastIndex = lineEnd + 1;
  return closing.exec(input) === null ? input.length : closing.lastIndex;
}

/**
 * The end of a formula between single dollars; null for amounts of money, variables of a shell and the like: a formula
 * begins and ends at no blank, and neither touches a word or a number outside.
 */
function endOfDollars(input: string, start: number): number | null {
  if (!/^[\s([{|>*_~,;:—–"“‘-]?$/.test(input[start - 1] ?? '')) return null;
  if (!/^[^\s$'"`{]$/.test(input[start + 1] ?? '')) return null;
  for (let at = start + 1; at < input.length && input[at] !== '\n'; at += 1) {
    if (input[at] === '\\') at += 1;
    else if (input[at] === '`') return null;
    else if (input[at] === '$') {
      const isEnd = !/\s/.test(input[at - 1] ?? '') && !/[\w${]/.test(input[at + 1] ?? '');
      return isEnd ? at : null;
    }
  }
  return null;
}

/** `\[1\]` in a sentence is an escaped bracket, and so is `\[a\](https://…)`; `$$` is a class of prices. */
function isDisplayedFormula(tex: string, before: string, after: string): boolean {
  if (tex.trim() === '' || /^[$(:]/.test(after)) return false;
  const isAlone =
    /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?$/.test(before) && /^[ \t]*[.,;]?[ \t]*(?:\n|$)/.test(after);
  return isAlone || (mathematical.test(tex) && /\w/.test(tex));
}

/** The line before a position, as far as it matters. */
function lineBefore(input: string, at: number): string {
  const near = input.slice(Math.max(0, at - 200), at);
  return near.slice(near.lastIndexOf('\n') + 1);
}

/** In a quotation each line begins with a mark that is not part of the formula. */
function withoutQuoteMarks(tex: string, before: string): string {
  return /^\s*>/.test(before) ? tex.replaceAll(/\n[ \t]*>[ \t]?/g, '\n') : tex;
}
