import createClient from 'openapi-fetch';
import type { paths } from './generated/api-types.js';

/**
 * The URL of the API, and the caller's credentials.
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
  /** The URL of the API without `/api/`, such as `https://chat.example.org`. */
  baseUrl: string;
  /** Returns the access token or API key. Called for each request, so that it can be refreshed. */
  authToken?: () => string | null;
  /** Sends the requests instead of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * Returns a client of the HTTP API whose paths, bodies and responses are typed by its OpenAPI document. Each call resolves with
 * `data` or with `error`, a problem document with a `code`; it rejects only if there is no response. To read events, use
 * `parseAs: 'stream'`.
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
