import * as v from 'valibot';
import { boolean, string } from '../kit/body-fields.js';
import { exactly, notEmpty } from '../openai/completion-fields.js';

/** Any object, passed on unchanged. */
export const anyObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Must be an object.',
);

/** `scope`, which says who shares the cache, does not change the reply. */
export const cacheControl = v.nullish(
  exactly({
    type: v.literal('ephemeral', 'Must be ephemeral.'),
    ttl: v.nullish(v.picklist(['5m', '1h'], 'Must be 5m or 1h.')),
    scope: v.nullish(string),
  }),
);

/** Replies have no citations. Clients of Anthropic's own API send back the null of a text without any. */
const noCitations = v.nullish(v.pipe(v.array(v.unknown()), v.maxLength(0, 'Citations are not supported.')));

export const textBlock = exactly({
  type: v.literal('text'),
  text: string,
  cache_control: cacheControl,
  citations: noCitations,
});

const base64 = v.pipe(
  string,
  v.check((data) => data !== '' && !/[^A-Za-z0-9+/=]/.test(data), 'Must be Base64, without a prefix.'),
);

const httpsUrl = v.pipe(
  string,
  v.check((url) => /^https:\/\//i.test(url) && URL.canParse(url), 'Must be an address with https.'),
);

const urlSource = exactly({ type: v.literal('url'), url: httpsUrl });

export const imageMediaTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;

export const imageBlock = exactly({
  type: v.literal('image'),
  source: v.variant(
    'type',
    [
      exactly({
        type: v.literal('base64'),
        media_type: v.picklist(imageMediaTypes, `Must be one of ${imageMediaTypes.join(', ')}.`),
        data: base64,
      }),
      urlSource,
    ],
    'Must be base64 or url.',
  ),
  cache_control: cacheControl,
});

export const documentBlock = exactly({
  type: v.literal('document'),
  source: v.variant(
    'type',
    [
      exactly({
        type: v.literal('base64'),
        media_type: v.literal('application/pdf', 'Must be application/pdf.'),
        data: base64,
      }),
      exactly({
        type: v.literal('text'),
        media_type: v.literal('text/plain', 'Must be text/plain.'),
        data: v.pipe(string, notEmpty),
      }),
      urlSource,
    ],
    'Must be base64, text or url.',
  ),
  title: v.nullish(string),
  citations: v.nullish(exactly({ enabled: v.nullish(v.literal(false, 'Citations are not supported.')) })),
  cache_control: cacheControl,
});

export const toolResultBlock = exactly({
  type: v.literal('tool_result'),
  tool_use_id: v.pipe(string, notEmpty),
  content: v.nullish(
    v.lazy((content) =>
      Array.isArray(content)
        ? v.array(
            v.variant('type', [textBlock, imageBlock, documentBlock], 'Must be text, image or document.'),
          )
        : v.string('Must be a string or a list of blocks.'),
    ),
  ),
  is_error: v.nullish(boolean),
  cache_control: cacheControl,
});

/** At most 128 characters, which is Anthropic's limit. */
export const toolName = v.pipe(
  string,
  v.regex(/^[A-Za-z0-9_-]{1,128}$/, 'Must be 1 to 128 letters, digits, underscores and hyphens.'),
);

/** `caller` says that the model itself calls the tool, as in every reply. */
export const toolUseBlock = exactly({
  type: v.literal('tool_use'),
  id: v.pipe(string, notEmpty),
  name: toolName,
  input: anyObject,
  caller: v.nullish(exactly({ type: v.literal('direct', 'Must be direct.') })),
  cache_control: cacheControl,
});

export const thinkingBlock = exactly({ type: v.literal('thinking'), thinking: string, signature: string });

export const redactedThinkingBlock = exactly({
  type: v.literal('redacted_thinking'),
  data: v.pipe(string, notEmpty),
});
