import * as v from 'valibot';

/** The kinds of providers. */
export const providers = ['echo', 'openai-compatible', 'openai', 'anthropic'] as const;

/** The base URL of an HTTP API, without a slash at its end. A name or password in it would appear in errors. */
export const baseUrl = v.pipe(
  v.string('must be a string'),
  v.check(isBaseUrl, 'must be a URL such as http://127.0.0.1:11434/v1, without a name, password or query'),
  v.transform((text) => text.replace(/\/+$/, '')),
);

function isBaseUrl(text: string): boolean {
  return /^https?:\/\/[^\s?#@]+$/.test(text) && URL.canParse(text);
}

/** A secret that is sent in a header. */
export const apiKey = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7E]{1,1000}$/, 'must be printable ASCII characters without spaces'),
);

/** The name of a model. */
export const modelName = v.pipe(
  v.string('must be a string'),
  v.regex(/^[^\s\p{C}]{1,200}$/u, 'must be 1 to 200 characters without spaces'),
);
