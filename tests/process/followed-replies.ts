import {
  misbehavingProvider,
  type Behaviour,
  type MisbehavingProvider,
} from '../adapters/ai/misbehaving-provider.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { historyOf, type Account, type ExchangeLine } from './api-client.js';
import type { Environment } from './server-process.js';
import type { Storage } from './storage.js';

/** Uses a provider that behaves in one way, with the settings of a server that asks it. */
export async function withProvider(
  storage: Storage,
  behaviour: Behaviour,
  use: (environment: Environment, provider: MisbehavingProvider) => Promise<void>,
): Promise<void> {
  const provider = await misbehavingProvider();
  provider.behave(behaviour);
  try {
    await use(
      {
        ...storage.environment,
        AI_PROVIDER: 'openai-compatible',
        AI_BASE_URL: provider.url,
        AI_MODEL: 'slow',
        AI_RETRIES: '0',
        MAX_REPLY_CHARS: '10000000',
      },
      provider,
    );
  } finally {
    await provider.stop();
  }
}

/** Sends a message with an idempotency key. Resolves once its stream has started. */
export function openKeyedStream(
  url: string,
  { authToken }: Account,
  { key, message = 'Hello' }: { key: string; message?: string },
): Promise<Response> {
  return fetch(`${url}/api/chat/`, {
    method: 'POST',
    headers: {
      Authorization: `Token ${authToken}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
    },
    body: JSON.stringify({ message, stream: true }),
  });
}

/** Follows a reply. Resolves with the response when its headers arrive. */
export function openFollower(url: string, { authToken }: Account, id: string): Promise<Response> {
  return fetch(`${url}/api/chat/${id}/stream/`, { headers: { Authorization: `Token ${authToken}` } });
}

/** What a follower has received: its text, and its last event. */
export interface Followed {
  text: string;
  last: { event: string; data: Record<string, unknown> } | null;
}

/** Follows a reply to its end. Rejects if the connection breaks. */
export async function follow(url: string, account: Account, id: string): Promise<Followed> {
  const response = await openFollower(url, account, id);
  const body = await response.text();
  if (response.status !== 200) {
    return { text: '', last: { event: 'refused', data: JSON.parse(body) as Record<string, unknown> } };
  }
  return followedOf(body);
}

/** Reads the events of a stream. */
export function followedOf(body: string): Followed {
  const followed: Followed = { text: '', last: null };
  for (const [, event = '', json = ''] of body.matchAll(/event: ([a-z]+)\ndata: ([^\n]*)\n\n/g)) {
    const data = JSON.parse(json) as Record<string, unknown>;
    followed.last = { event, data };
    if (event === 'delta') followed.text += String(data['text']);
  }
  return followed;
}

/** Waits until an exchange of an account, by default the newest, is as expected, and returns it. */
export async function awaitExchange(
  url: string,
  account: Account,
  expected: (exchange: ExchangeLine) => boolean,
  timeoutMs = 20_000,
): Promise<ExchangeLine> {
  return awaitUntil('the exchange is as expected', timeoutMs, async () => {
    const [newest] = await historyOf(url, account);
    return newest !== undefined && expected(newest) ? newest : null;
  });
}
