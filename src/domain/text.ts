const replacement = '\uFFFD';
const unstorable = /[\0\uD800-\uDFFF]/;
const everyUnstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Returns why a text cannot be stored and read back unchanged; null if it can. Databases store neither NUL nor lone
 * surrogates, and PGlite drops a leading U+FEFF.
 */
export function unstorableReason(text: string): string | null {
  if (text.includes('\0')) return 'must not contain the NUL character';
  if (loneSurrogate.test(text)) return 'must not contain lone surrogates';
  if (text.startsWith('\uFEFF')) return 'must not begin with U+FEFF';
  return null;
}

/**
 * Returns the text with U+FFFD in place of each character that a database cannot store: NUL, lone surrogates and, if
 * `isBeginning`, a leading U+FEFF.
 */
export function storableText(text: string, isBeginning: boolean): string {
  const storable = unstorable.test(text) ? text.replace(everyUnstorable, replacement) : text;
  return isBeginning && storable.startsWith('\uFEFF') ? replacement + storable.slice(1) : storable;
}

/** Returns the length of a text in Unicode code points. */
export function codePointCount(text: string): number {
  const surrogatePairs = text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0;
  return text.length - surrogatePairs;
}

/** Returns true if a text consists of Unicode white space only, or is empty. */
export function isBlank(text: string): boolean {
  return /^\p{White_Space}*$/u.test(text);
}
