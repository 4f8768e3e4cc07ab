import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPages } from '../../../src/adapters/http/pages/pages.js';
import { newAccount } from './requests.js';
import { startTestServer, type TestServer } from './test-server.js';

/** Headers that Node adds, or that differ between responses. */
const ofTheConnection = ['connection', 'content-length', 'date', 'keep-alive', 'x-request-id'];

describe('the headers of a response', () => {
  let folder: string;
  let server: TestServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'metered-chat-headers-'));
    await mkdir(join(folder, 'chat'));
    await writeFile(join(folder, 'chat/index.html'), '<!doctype html><title>chat</title>');
    server = await startTestServer('memory', { pages: readPages(pathToFileURL(`${folder}/`)) });
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  test.each([
    ['GET', '/'],
    ['GET', '/health/live'],
    ['GET', '/health/ready'],
    ['GET', '/api/tokens/'],
    ['HEAD', '/api/tokens/'],
    ['GET', '/api/nothing/'],
    ['GET', '/api/tokens/%FF'],
    ['DELETE', '/api/register/'],
    ['POST', '/api/login/'],
    ['GET', '/v1/models'],
    ['GET', '/nothing'],
  ])('of %s %s are the same from a Node server as from the app alone', async (method, path) => {
    const { auth } = await newAccount(server);
    const asked = { method, headers: { Authorization: `Token ${auth}` } };
    const [overTheNetwork, alone] = [
      await fetch(server.url + path, asked),
      await server.app.request(path, asked),
    ].map(({ status, headers }) => ({
      status,
      headers: Object.fromEntries([...headers].filter(([name]) => !ofTheConnection.includes(name))),
    }));
    expect(overTheNetwork).toEqual(alone);
    expect(overTheNetwork?.headers).toHaveProperty('content-security-policy');
  });

  test('have an id for the request from a Node server, too: the sane one that came, or a new one', async () => {
    const idFor = async (headers: Record<string, string>) =>
      (await fetch(`${server.url}/health/live`, { headers })).headers.get('X-Request-Id');
    expect(await idFor({ 'X-Request-Id': 'the-one-that-came' })).toBe('the-one-that-came');
    for (const insane of ['a b', 'a'.repeat(256), '<script>', 'a\tb', 'é'])
      expect(await idFor({ 'X-Request-Id': insane })).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor({})).not.toBe(await idFor({}));
  });
});
