import * as v from 'valibot';

/** The kinds of providers, by the name that settings have for them. */
export const providers = ['echo', 'openai-compatible', 'openai', 'anthropic'] as const;

/** The address of a provider, without a slash at its end. A name or password in it would show up in errors. */
export const baseUrl = v.pipe(
  v.string('must be a text'),
  v.check(isBaseUrl, 'must be a URL such as http://127.0.0.1:11434/v1, without a name, password or query'),
  v.transform((text) => text.replace(/\/+$/, '')),
);

function isBaseUrl(text: string): boolean {
  return /^https?:\/\/[^\s?#@]+$/.test(text) && URL.canParse(text);
}

/** A secret that goes into a header. */
export const apiKey = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7E]{1,1000}$/, 'must be printable ASCII characters without spaces'),
);

/** What a model is called. */
export const modelName = v.pipe(
  v.string('must be a text'),
  v.regex(/^[^\s\p{C}]{1,200}$/u, 'must be 1 to 200 characters without spaces'),
);
