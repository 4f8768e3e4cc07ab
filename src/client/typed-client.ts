import createClient from 'openapi-fetch';
import type { paths } from './generated/api-types.js';

/**
 * Where the API is, and who calls it.
 *
 * @example
 * ```ts
 * const options: MeteredChatClientOptions = {
 *   baseUrl: 'https://chat.example.org',
 *   authToken: () => 'mck_…',
 * };
 * ```
 */
export interface MeteredChatClientOptions {
  /** Where the API is, up to the path before `/api/`, such as `https://chat.example.org`. */
  baseUrl: string;
  /** The access token or API key that requests are sent with; asked at each of them, so that it can be a fresh one. */
  authToken?: () => string | null;
  /** What sends the requests, in place of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client of the HTTP API whose paths, bodies and answers are typed by its OpenAPI document:
 * `client.POST('/api/chat/', { body: { message } })`. It resolves with `data`, or with `error`, which is a problem
 * document with its `code`; and rejects only where no answer came. Ask for `parseAs: 'stream'` to read events.
 *
 * @example
 * ```ts
 * import { meteredChatClient } from 'metered-chat/client';
 *
 * const client = meteredChatClient({ baseUrl: 'https://chat.example.org', authToken: () => apiKey });
 * const { data, error } = await client.POST('/api/chat/', { body: { message: 'Hello' } });
 * console.log(error === undefined ? data.response : error.code);
 * ```
 */
export function meteredChatClient({ baseUrl, authToken, fetch }: MeteredChatClientOptions) {
  const client = createClient<paths, 'application/json' | 'application/problem+json'>({
    baseUrl,
    ...(fetch === undefined ? {} : { fetch }),
  });
  client.use({
    onRequest: ({ request }) => {
      const secret = authToken?.() ?? null;
      if (secret !== null) request.headers.set('Authorization', `Bearer ${secret}`);
      return request;
    },
  });
  return client;
}
