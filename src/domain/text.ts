const replacement = '\uFFFD';
const unstorable = /[\0\uD800-\uDFFF]/;
const everyUnstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Why a text could not be stored and given back exactly as it is, or null when it can: databases hold neither
 * NUL nor lone surrogates, and one of ours drops a leading U+FEFF.
 */
export function unstorableReason(text: string): string | null {
  if (text.includes('\0')) return 'must not contain the NUL character';
  if (loneSurrogate.test(text)) return 'must not contain lone surrogates';
  if (text.startsWith('\uFEFF')) return 'must not begin with U+FEFF';
  return null;
}

/**
 * The text with U+FFFD in place of each character that a database cannot hold: NUL, lone surrogates and, where
 * `isBeginning`, a leading U+FEFF.
 */
export function storableText(text: string, isBeginning: boolean): string {
  const storable = unstorable.test(text) ? text.replace(everyUnstorable, replacement) : text;
  return isBeginning && storable.startsWith('\uFEFF') ? replacement + storable.slice(1) : storable;
}

/** Length in Unicode code points. */
export function codePointCount(text: string): number {
  const surrogatePairs = text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0;
  return text.length - surrogatePairs;
}

/** True when there is nothing but Unicode white space. */
export function isBlank(text: string): boolean {
  return /^\p{White_Space}*$/u.test(text);
}
