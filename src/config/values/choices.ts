import * as v from 'valibot';

/** One of several words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  const message = words.length > 2 ? `must be one of ${words.join(', ')}` : `must be ${words.join(' or ')}`;
  return v.picklist(words, message);
}

/** `true` or `false`. */
export const flag = v.pipe(
  oneOf(['true', 'false']),
  v.transform((text) => text === 'true'),
);

/** A text in which `isValid` holds for each part between commas. */
export function commaSeparated(isValid: (part: string) => boolean, message: string) {
  return v.pipe(
    v.string(),
    v.transform((text) => text.split(',').map((part) => part.trim())),
    v.array(v.pipe(v.string(), v.check(isValid, message))),
  );
}
