import * as v from 'valibot';
import { boolean, string } from '../kit/body-fields.js';

export const notEmpty = v.nonEmpty<string, string>('Must not be empty.');

/** An object of these fields only. Every other field is an error under its own name, unless its value is null. */
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

/** A breakpoint of the provider's cache, which does not change the reply. */
export const cacheBreakpoint = v.optional(v.unknown());

export const textPart = exactly({
  type: v.literal('text', 'Only parts of the type "text" are supported.'),
  text: string,
  prompt_cache_breakpoint: cacheBreakpoint,
});

/** A string, or a list of text parts. */
export const textContent = v.lazy((content) =>
  Array.isArray(content) ? v.array(textPart) : v.string('Must be a string or a list of text parts.'),
);

export const toolName = v.pipe(
  string,
  v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'Must be 1 to 64 letters, digits, underscores and hyphens.'),
);

/** The name of a participant or of a format. */
export const participantName = v.pipe(
  string,
  v.regex(/^[^\s<|\\/>]{1,64}$/, 'Must be 1 to 64 characters without spaces and < | \\ / >.'),
);

/** Any object, passed on unchanged: property names like `__proto__` are kept. */
export const jsonSchema = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Must be an object.',
);

export const optionalBoolean = v.nullish(boolean);

export function optionalNumber(min: number, max: number) {
  const message = `Must be a number from ${min} to ${max}.`;
  return v.nullish(v.pipe(v.number(message), v.minValue(min, message), v.maxValue(max, message)));
}

/** An integer that JavaScript represents exactly. */
export function optionalInteger(min: number) {
  const message = `Must be an integer${min < 0 ? '' : ` of at least ${min}`}.`;
  return v.nullish(v.pipe(v.number(message), v.safeInteger(message), v.minValue(min, message)));
}
