import * as v from 'valibot';

/** A field that has to be a text. */
export const text = v.string('Must be a text.');

/** A text that says something. */
export const notEmpty = v.nonEmpty<string, string>('Must not be empty.');

/** An object of exactly these fields: any other is refused by its name, unless it is null and so asks for nothing. */
export function exactly<const Fields extends v.ObjectEntries>(fields: Fields) {
  return v.pipe(
    v.looseObject(fields, 'Must be an object.'),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      for (const [key, value] of Object.entries(dataset.value)) {
        if (Object.hasOwn(fields, key) || value === null) continue;
        const input = dataset.value;
        addIssue({
          message: 'Is not supported.',
          path: [{ type: 'object', origin: 'value', input, key, value }],
        });
      }
    }),
  );
}

/** A text, or a list of parts that are texts, which are joined by line breaks. */
export const textContent = v.pipe(
  v.lazy((content) =>
    Array.isArray(content)
      ? v.array(exactly({ type: v.literal('text', 'Only parts of the type "text" are supported.'), text }))
      : v.string('Must be a text or a list of text parts.'),
  ),
  v.transform((content) =>
    typeof content === 'string' ? content : content.map((part) => part.text).join('\n'),
  ),
);

/** What OpenAI takes as the name of a tool. */
export const toolName = v.pipe(
  text,
  v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'Must be 1 to 64 letters, digits, underscores and hyphens.'),
);

/** A number within bounds. */
export function numberFrom(min: number, max: number) {
  const message = `Must be a number from ${min} to ${max}.`;
  return v.nullish(v.pipe(v.number(message), v.minValue(min, message), v.maxValue(max, message)));
}

/** A whole number that every part of the system takes as it is. */
export function wholeNumberFrom(min: number) {
  const message = `Must be a whole number${min < 0 ? '' : ` of ${min} or more`}.`;
  return v.nullish(v.pipe(v.number(message), v.safeInteger(message), v.minValue(min, message)));
}
