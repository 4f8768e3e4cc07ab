const longestMessage = 300;

/** Characters that separate the words of a provider's message. */
const separators = new Set(' \t\n\r"\'`,;:=()<>[]{}');

const keyPrefixes = [
  'sk-',
  'sk_',
  'pk-',
  'rk-',
  'gsk_',
  'xai-',
  'hf_',
  'key-',
  'aiza',
  'eyj',
  'nvapi-',
  'r8_',
];

const shortestLongKey = 32;

/**
 * Returns a provider's message as callers may see it: one line of at most 300 code points, without any of `secrets` and
 * without words that look like keys.
 */
export function redact(message: string, secrets: readonly string[]): string {
  let known = message;
  for (const secret of secrets) {
    if (secret !== '') known = known.replaceAll(secret, '[redacted]');
  }
  let text = '';
  let word = '';
  for (const character of known) {
    if (separators.has(character)) {
      text += shown(word) + (character < ' ' ? ' ' : character);
      word = '';
    } else if (character >= ' ' && character !== '\u007f') word += character;
  }
  const points = Array.from(text + shown(word));
  return points.length <= longestMessage
    ? points.join('')
    : `${points.slice(0, longestMessage - 1).join('')}…`;
}

function shown(word: string): string {
  const lower = word.toLowerCase();
  const hasPrefix = word.length >= 8 && keyPrefixes.some((prefix) => lower.startsWith(prefix));
  return hasPrefix || isLongKey(word) ? '[redacted]' : word;
}

/** Returns whether a word is long, has letters and digits, and only characters that keys have. */
function isLongKey(word: string): boolean {
  if (word.length < shortestLongKey) return false;
  let [letters, digits] = [0, 0];
  for (const character of word) {
    if (character >= '0' && character <= '9') digits += 1;
    else if (character.toLowerCase() !== character.toUpperCase()) letters += 1;
    else if (!'-_+/=*'.includes(character)) return false;
  }
  return letters > 0 && digits > 0;
}
