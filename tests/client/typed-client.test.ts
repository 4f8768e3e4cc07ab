import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meteredChatClient } from '../../src/client/typed-client.js';
import { clientTypes, clientTypesFile } from '../../tools/client-types.js';
import { eventsIn } from '../adapters/http/events.js';
import { newAdmin } from '../adapters/http/requests.js';
import { startTestServer, type TestServer } from '../adapters/http/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer('memory', { policy: { startingCredits: 250 } });
});
afterAll(() => server.close());

const jane = { username: 'jane_doe', password: 'StrongPass123!' };

function clientOf(authToken: string | null) {
  return meteredChatClient({ baseUrl: server.url, authToken: () => authToken });
}

describe('the typed client', () => {
  it('has the types of the current OpenAPI document; `npm run generate:client` updates them', async () => {
    expect(await readFile(clientTypesFile, 'utf8')).toBe(await clientTypes());
  });

  it('registers, signs in, chats until the balance is too low, and reads the balance', async () => {
    const anonymous = clientOf(null);
    const registered = await anonymous.POST('/api/register/', { body: jane });
    expect(registered.data?.message).toBe('User registered successfully.');
    const { data: session } = await anonymous.POST('/api/login/', { body: jane });
    const client = clientOf(session?.token ?? null);
    const said = await client.POST('/api/chat/', { body: { message: 'Hello, AI!' } });
    expect(said.data).toMatchObject({ response: 'Echo: Hello, AI!', remaining_tokens: 150 });
    const balance = await client.GET('/api/tokens/');
    expect(balance.data).toEqual({ tokens: 150, held: 0, unit: { name: 'tokens', decimals: 0 } });
    await client.POST('/api/chat/', { body: { message: 'Again' } });
    const rejected = await client.POST('/api/chat/', { body: { message: 'And again' } });
    expect(rejected.response.status).toBe(402);
    expect(rejected.error).toMatchObject({ code: 'insufficient_tokens', remaining_tokens: 50 });
    const { data: history } = await client.GET('/api/chat/', { params: { query: { limit: 1 } } });
    expect(history?.results.map(({ message }) => message)).toEqual(['Again']);
    expect(history?.next).toEqual(expect.any(String));
    const erased = await client.DELETE('/api/conversations/{id}/', {
      params: { path: { id: said.data?.conversation_id ?? '' } },
    });
    expect(erased.response.status).toBe(204);
  });

  it('returns problems with errors by field', async () => {
    const { error } = await clientOf(null).POST('/api/register/', { body: { username: 'a' } });
    expect(error).toMatchObject({
      status: 400,
      code: 'invalid_input',
      errors: { password: ['Is required.'] },
    });
    const unknown = await clientOf('mca_nothing').GET('/api/tokens/');
    expect(unknown.error?.code).toBe('unauthenticated');
  });

  it('sends a message with an idempotency key once, and reads the stream of a reply', async () => {
    const { data } = await clientOf(null).POST('/api/register/', { body: { ...jane, username: 'streamer' } });
    const client = clientOf(data?.token ?? null);
    const sent = async () =>
      client.POST('/api/chat/', {
        params: { header: { 'Idempotency-Key': 'once' } },
        body: { message: 'Once', stream: true },
        parseAs: 'text',
      });
    const first = eventsIn((await sent()).data ?? '');
    expect(first.at(-1)).toMatchObject({ event: 'done', data: { response: 'Echo: Once' } });
    const again = await sent();
    expect(again.response.headers.get('Idempotent-Replayed')).toBe('true');
    expect((await client.GET('/api/tokens/')).data?.tokens).toBe(150);
  });

  it('lists accounts and grants tokens for an administrator', async () => {
    const { auth } = await newAdmin(server);
    const client = clientOf(auth);
    const query = { q: 'jane_doe', status: 'active' as const, sort: '-tokens' as const };
    const { data: users } = await client.GET('/api/admin/users/', { params: { query } });
    const [user] = users?.results ?? [];
    expect(user).toMatchObject({ username: 'jane_doe', tokens: 50, role: 'user' });
    const granted = await client.POST('/api/admin/users/{id}/tokens/', {
      params: { path: { id: user?.id ?? '' } },
      body: { amount: 500, reason: 'A gift' },
    });
    expect(granted.data).toMatchObject({ kind: 'grant', balance_after: 550 });
    const table = await client.GET('/api/admin/users/', {
      params: { query },
      headers: { Accept: 'text/csv' },
      parseAs: 'text',
    });
    expect(table.data).toMatch(/^id,username,email,/);
  });
});
