import fc from 'fast-check';
import { expect } from 'vitest';
import { chosenSeed } from '../../seed.js';
import { openEngine, type EngineName } from './engines.js';
import { randomRequests, type RandomRequest } from './random-requests.js';
import { newAccount, newAdmin, read, type TestAccount } from './requests.js';
import { testApi } from './test-api.js';

/**
 * Sends random requests to the API on an engine. No response may be a 5xx, and every 4xx must be a problem document, or
 * an OpenAI error on the OpenAI paths. Prints the counts and the seed that repeats the same requests (`SEED`).
 */
export async function fuzzApi(name: EngineName, requests: number): Promise<void> {
  const seed = chosenSeed();
  const engine = await openEngine(name);
  const api = testApi(engine, {
    corsOrigins: ['https://app.example.com'],
    policy: { startingCredits: 1_000_000 },
  });
  const newCallers = async () => ({ account: await newAccount(api), admin: await newAdmin(api) });
  let callers = await newCallers();
  const statuses = new Map<number, number>();
  let passed = 0;

  const send = async (request: RandomRequest) => {
    const response = await read(await api.app.request(asRequest(request, callers)));
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    expect(response.status, response.text).toBeLessThan(500);
    expect(response.headers.get('X-Request-Id')).not.toBeNull();
    if (response.status >= 400 && request.method !== 'HEAD') {
      const isOpenAi = response.headers.get('Content-Type') === 'application/json';
      if (isOpenAi) expect(request.path).toMatch(/^\/+(%76|v)(%31|1)/);
      else expect(response.headers.get('Content-Type')).toBe('application/problem+json');
      const code = expect.any(String) as string;
      expect(response.body).toMatchObject(isOpenAi ? { error: { code } } : { status: response.status, code });
    }
    // The callers may have ended their sessions or changed their names.
    if (response.status === 204) callers = await newCallers();
    passed += 1;
  };

  try {
    await fc.assert(fc.asyncProperty(randomRequests, send), { seed, numRuns: requests });
  } finally {
    const found = [...statuses].sort(([left], [right]) => left - right);
    console.log(
      `${passed} of ${requests} random requests on ${name} got no 5xx; seed ${seed}; ` +
        found.map(([status, count]) => `${count} × ${status}`).join(', '),
    );
    await engine.close();
  }
}

function asRequest(
  { method, path, headers, body, caller }: RandomRequest,
  { account: { auth }, admin }: Record<'account' | 'admin', TestAccount>,
): Request {
  const secrets = {
    account: auth,
    admin: admin.auth,
    unknown: auth.replace(/.{43}$/, 'A'.repeat(43)),
    anonymous: null,
  };
  const request = new Request(`http://localhost${path}`, {
    method,
    body: method === 'GET' || method === 'HEAD' ? null : body,
  });
  for (const [name, value] of headers) request.headers.set(name, value.trim());
  // A length without a body means that a host has read the body: no client can cause that over a connection.
  if (request.body === null || body === '') request.headers.delete('Content-Length');
  const secret = secrets[caller];
  if (secret !== null) request.headers.set('Authorization', `Token ${secret}`);
  return request;
}
