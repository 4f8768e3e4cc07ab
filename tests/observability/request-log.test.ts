import { expect, test } from 'vitest';
import { pinoLog } from '../../src/observability/log.js';
import { outbox } from '../../src/adapters/mail/outbox.js';
import { echoModel } from '../../src/adapters/ai/echo.js';
import { DomainError } from '../../src/domain/errors.js';
import { testOffer } from '../domain/chat/test-offer.js';
import { stream } from '../adapters/http/events.js';
import { openEngine } from '../adapters/http/engines.js';
import { ask, chat, idOf, newAccount } from '../adapters/http/requests.js';
import { testApi } from '../adapters/http/test-api.js';
import { modelThat } from '../adapters/http/test-models.js';
import { messageText } from '../../src/domain/chat/model-message.js';

type Line = Record<string, unknown>;

/** The log of the server, with every level. */
function keptLog(secrets: readonly string[] = []) {
  const lines: string[] = [];
  const log = pinoLog({
    level: 'trace',
    readable: false,
    secrets,
    output: { write: (line) => void lines.push(line) },
  });
  return {
    log,
    text: () => lines.join(''),
    lines: () => lines.map((line) => JSON.parse(line) as Line),
  };
}

const providerKey = 'sk-"quoted\\key"-of-the-provider';

test('every line about a request has its id, including the lines about its mails after the response', async () => {
  const { log, lines } = keptLog();
  const engine = await openEngine('memory');
  const model = modelThat(async function* () {
    yield { type: 'text', text: 'A word' };
    await Promise.reject(
      new DomainError('provider_failed', 'It failed.', {}, { cause: new Error('the cause') }),
    );
  });
  const fails = () => Promise.reject(new Error('No server takes it.'));
  const mailer = outbox(log, { deliver: fails, forget: fails });
  const api = testApi(engine, { log, models: [model], mailer });
  const named = (id: string) => ({ headers: { 'X-Request-Id': id } });
  const { body } = await ask(api, 'POST', '/api/register/', {
    json: { username: 'jane_doe', password: 'StrongPass123!', email: 'jane@example.org' },
    ...named('the-registration'),
  });
  const auth = String(body['token']);
  expect(await mailer.finish(5000)).toBe(0);
  await Promise.all([
    ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi' }, ...named('the-chat') }),
    ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi', stream: true }, ...named('the-stream') }),
  ]);
  const of = (id: string) =>
    lines()
      .filter((line) => line['requestId'] === id)
      .map((line) => line['msg'])
      .sort();
  await ask(api, 'DELETE', '/api/me/', {
    auth,
    json: { current_password: 'StrongPass123!' },
    ...named('the-farewell'),
  });
  expect(await mailer.finish(5000)).toBe(0);
  expect(of('the-registration')).toEqual(['mail delivery failed', 'request']);
  expect(of('the-chat')).toEqual(['request', 'request failed']);
  expect(of('the-stream')).toEqual(['request', 'request failed']);
  expect(of('the-farewell')).toEqual(['mail deletion failed', 'request']);
  expect(lines().filter((line) => line['requestId'] === undefined)).toEqual([]);
});

test('a request is one line: method, path, user and status', async () => {
  const { log, lines } = keptLog();
  const api = testApi(await openEngine('memory'), { log });
  const { auth } = await newAccount(api);
  const userId = await idOf(api, auth);
  await ask(api, 'DELETE', '/api/keys/0190cafe-0000-7000-8000-000000000000/?name=jane', { auth });
  expect(lines().at(-1)).toMatchObject({
    level: 30,
    msg: 'request',
    requestId: expect.any(String) as unknown,
    method: 'DELETE',
    route: '/api/keys/{id}',
    path: '/api/keys/0190cafe-0000-7000-8000-000000000000',
    status: 404,
    durationMs: expect.any(Number) as unknown,
    userId,
  });
  await ask(api, 'GET', '/nothing');
  expect(lines().at(-1)).toMatchObject({ route: null, userId: null, status: 404 });
});

test('the log contains no issued secret and no text of a chat', async () => {
  const { log, text } = keptLog([providerKey]);
  const engine = await openEngine('memory');
  const boasting = modelThat(({ messages }) => {
    const cause = new Error(`401 for Bearer ${providerKey} and https://jane:pass-of-jane@provider.example`);
    throw messageText(messages.at(-1)) === 'My words' ? cause : new Error('else');
  });
  const offers = [testOffer(echoModel()), { ...boasting, name: 'boasting' }] as const;
  const api = testApi(engine, { log, models: offers });
  const { auth, username } = await newAccount(api, {
    username: 'jane_in_the_log',
    email: 'jane@example.org',
  });
  await chat(api, auth, 'My words');
  await stream(api, auth, 'My words');
  const asked = { auth, json: { message: 'My words', model: 'boasting' } };
  expect((await ask(api, 'POST', '/api/chat/', asked)).status).toBe(502);
  await ask(api, 'POST', '/api/login/', { json: { username, password: 'WrongPass123!' } });
  const key = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'a key' } });
  await ask(api, 'POST', '/api/password/forgot/', { json: { email: 'jane@example.org' } });
  // Secrets in unexpected places.
  await ask(api, 'GET', `/api/${auth}/`);
  await ask(api, 'GET', `/api/nothing/?token=${auth}`, { headers: { 'X-Request-Id': auth.slice(0, 20) } });
  log.error({ error: { message: `Bearer ${auth}`, stack: [auth] }, again: providerKey }, `for ${auth}`);
  const secrets = [...engine.secrets, String(key.body['key']), providerKey, 'pass-of-jane', 'WrongPass123!'];
  expect(secrets.length).toBeGreaterThan(5);
  const written = text();
  expect(written).toContain('request failed');
  const inJson = (secret: string) => JSON.stringify(secret).slice(1, -1);
  expect(secrets.filter((secret) => written.includes(secret) || written.includes(inJson(secret)))).toEqual(
    [],
  );
  expect(written).not.toMatch(/My words|Echo: |jane_in_the_log|jane@example/);
});

test('text in the form of our secrets is redacted, and similar text is not', () => {
  const { log, lines } = keptLog();
  const secret = `mca_${'0'.repeat(32)}_${'A-_z'.repeat(10)}abc`;
  const imported = 'f'.repeat(40);
  log.info({ secret, imported, url: 'postgresql://me:hunter2@db/x' }, `${secret}, ${imported}`);
  expect(lines()[0]).toMatchObject({
    secret: '[redacted]',
    imported: '[redacted]',
    url: 'postgresql://me:[redacted]@db/x',
    msg: '[redacted], [redacted]',
  });
  const harmless = { id: '0190cafe-0000-7000-8000-000000000000', digest: 'f'.repeat(64), path: '/api/mca_x' };
  log.info(harmless, 'Token expired, url: http://host:80/a@b');
  expect(lines()[1]).toMatchObject({ ...harmless, msg: 'Token expired, url: http://host:80/a@b' });
});

test('health checks are logged at debug, unless they fail', async () => {
  const { log, lines } = keptLog();
  const api = testApi(await openEngine('memory'), { log });
  const levels = { debug: 20, info: 30 };
  await ask(api, 'GET', '/health/live');
  await ask(api, 'GET', '/health/ready/');
  expect(lines().map(({ route, level }) => [route, level])).toEqual([
    ['/health/live', levels.debug],
    ['/health/ready', levels.debug],
  ]);
  await ask(api, 'GET', '/health/no-such-check');
  expect(lines().at(-1)).toMatchObject({ status: 404, level: levels.info });
  await ask(api, 'GET', '/api/models/');
  expect(lines().at(-1)).toMatchObject({ level: levels.info });
});
