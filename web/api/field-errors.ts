import { englishFields } from '../language/common-texts/fields-en.js';
import { messageParts } from '../language/message.js';
import { fieldMessage } from '../language/common-texts/texts.js';

/** The sentences of the server, with a group for each value. */
const patterns = Object.entries(englishFields).map(
  ([key, message]) =>
    [
      key as keyof typeof englishFields,
      new RegExp(`^${message.replaceAll(/[.+]/g, String.raw`\$&`).replaceAll(/\{(\w+)\}/g, '(?<$1>.+)')}$`),
    ] as const,
);

/** Returns what the server says of a field in the language of the page; as it says it where that is not known. */
export function fieldError(error: string): string {
  for (const [key, pattern] of patterns) {
    const found = pattern.exec(error);
    if (found !== null) return messageParts(fieldMessage(key), found.groups ?? {}).join('');
  }
  return error;
}
