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

/** Length in Unicode code points. */
export function codePointCount(text: string): number {
  const surrogatePairs = text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0;
  return text.length - surrogatePairs;
}

/** True when there is nothing but Unicode white space. */
export function isBlank(text: string): boolean {
  return /^\p{White_Space}*$/u.test(text);
}
