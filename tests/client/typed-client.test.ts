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
  it('is made from the document as it is now; else `npm run generate:client` makes it anew', async () => {
    expect(await readFile(clientTypesFile, 'utf8')).toBe(await clientTypes());
  });

  it('registers, signs in, chats until it cannot, and reads the balance', async () => {
    const nobody = clientOf(null);
    const registered = await nobody.POST('/api/register/', { body: jane });
    expect(registered.data?.message).toBe('User registered successfully.');
    const { data: session } = await nobody.POST('/api/login/', { body: jane });
    const client = clientOf(session?.token ?? null);
    const said = await client.POST('/api/chat/', { body: { message: 'Hello, AI!' } });
    expect(said.data).toMatchObject({ response: 'Echo: Hello, AI!', remaining_tokens: 150 });
    const balance = await client.GET('/api/tokens/');
    expect(balance.data).toEqual({ tokens: 150, held: 0 });
    await client.POST('/api/chat/', { body: { message: 'Again' } });
    const refused = await client.POST('/api/chat/', { body: { message: 'And again' } });
    expect(refused.response.status).toBe(402);
    expect(refused.error).toMatchObject({ code: 'insufficient_tokens', remaining_tokens: 50 });
    const { data: history } = await client.GET('/api/chat/', { params: { query: { limit: 1 } } });
    expect(history?.results.map(({ message }) => message)).toEqual(['Again']);
    expect(history?.next).toEqual(expect.any(String));
    const erased = await client.DELETE('/api/conversations/{id}/', {
      params: { path: { id: said.data?.conversation_id ?? '' } },
    });
    expect(erased.response.status).toBe(204);
  });

  it('says what is wrong, field by field', async () => {
    const { error } = await clientOf(null).POST('/api/register/', { body: { username: 'a' } });
    expect(error).toMatchObject({
      status: 400,
      code: 'invalid_input',
      errors: { password: ['Is required.'] },
    });
    const unknown = await clientOf('mca_nothing').GET('/api/tokens/');
    expect(unknown.error?.code).toBe('unauthenticated');
  });

  it('sends a message with a key once, and reads a reply as it comes', async () => {
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

  it('lets an administrator look through the accounts and give tokens', async () => {
    const { auth } = await newAdmin(server);
    const client = clientOf(auth);
    const query = { q: 'jane_doe', status: 'active' as const, sort: '-tokens' as const };
    const { data: users } = await client.GET('/api/admin/users/', { params: { query } });
    const [user] = users?.results ?? [];
    expect(user).toMatchObject({ username: 'jane_doe', tokens: 50, role: 'user' });
    const given = await client.POST('/api/admin/users/{id}/tokens/', {
      params: { path: { id: user?.id ?? '' } },
      body: { amount: 500, reason: 'A gift' },
    });
    expect(given.data).toMatchObject({ kind: 'grant', balance_after: 550 });
    const table = await client.GET('/api/admin/users/', {
      params: { query },
      headers: { Accept: 'text/csv' },
      parseAs: 'text',
    });
    expect(table.data).toMatch(/^id,username,email,/);
  });
});
