import { describe, expect, test } from 'vitest';
import { echoModel } from '../../../../src/adapters/ai/echo.js';
import { cpuTimeMs } from '../../../cpu-time.js';
import { testOffer } from '../../../domain/chat/test-offer.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, freshName, goodPassword, newAccount } from '../requests.js';
import { testApi } from '../test-api.js';

const json = { 'Content-Type': 'application/json' };

/** Validation of request bodies. */
export function bodiesSuite(engine: OpenedEngine): void {
  describe('request bodies', () => {
    test.each([
      undefined,
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'text/json',
      'application/jsonp',
      'application/json, text/plain',
      'application/json; charset=latin1',
      'application/json; charset=utf-16',
    ])('the media type %s is rejected with 415', async (type) => {
      const response = await ask(testApi(engine()), 'POST', '/api/login/', {
        raw: new Blob(['{"username": "jane", "password": "StrongPass123!"}']),
        headers: type === undefined ? {} : { 'Content-Type': type },
      });
      expect(response.status).toBe(415);
      expect(response.body).toMatchObject({
        code: 'unsupported_media_type',
        title: 'Unsupported Media Type',
      });
      expect(response.headers.get('Accept-Post')).toBe('application/json');
    });

    test.each([
      'application/json',
      'Application/JSON',
      'application/json; charset=utf-8',
      'application/json;charset="UTF-8"',
      'application/json ; version=1; charset=utf8',
      'application/vnd.chat+json',
    ])('the media type %s is accepted', async (type) => {
      const response = await ask(testApi(engine()), 'POST', '/api/register/', {
        raw: JSON.stringify({ username: freshName(), password: goodPassword }),
        headers: { 'Content-Type': type },
      });
      expect(response.status).toBe(201);
    });

    test('a body of 1 MiB is accepted, and one byte more is rejected with 413', async () => {
      const api = testApi(engine());
      const fields = JSON.stringify({ username: 'no_such_name', password: goodPassword });
      const fits = fields.padEnd(1024 * 1024);
      const whole = await ask(api, 'POST', '/api/login/', { raw: fits, headers: json });
      expect(whole.status).toBe(401);
      const over = [
        { raw: `${fits} `, headers: json },
        { raw: `${fits} `, headers: { ...json, 'Content-Length': String(fits.length + 1) } },
      ];
      for (const parts of over) {
        const response = await ask(api, 'POST', '/api/login/', parts);
        expect(response.status).toBe(413);
        expect(response.body).toMatchObject({ code: 'body_too_large', title: 'Content Too Large' });
      }
    });

    test.each(['/api/chat/', '/api/chat', '/v1/chat/completions', '/v1/responses'])(
      'a body to %s can have as many bytes as configured, and one more is rejected with 413',
      async (path) => {
        const maxChatBodyBytes = 3 * 1024 * 1024;
        const api = testApi(engine(), { maxChatBodyBytes });
        const { auth } = await newAccount(api);
        const fieldsOfBoth = { model: 'echo', message: 'Hi', messages: [{ role: 'user', content: 'Hi' }] };
        const fields = JSON.stringify({
          ...fieldsOfBoth,
          ...(path.startsWith('/v1') ? { message: null } : {}),
          ...(path === '/v1/responses' ? { messages: null, input: 'Hi' } : {}),
        });
        const fits = fields.padEnd(maxChatBodyBytes);
        expect((await ask(api, 'POST', path, { auth, raw: fits, headers: json })).status).toBe(200);
        const over = { auth, raw: `${fits} ` };
        for (const headers of [json, { ...json, 'Content-Length': String(fits.length + 1) }]) {
          const response = await ask(api, 'POST', path, { ...over, headers });
          expect(response.status).toBe(413);
          expect(response.text).toContain(`more than ${maxChatBodyBytes} bytes`);
          expect(response.text).toContain('body_too_large');
        }
      },
    );

    test('a message of more than 1 MiB reaches the model unchanged', async () => {
      const model = { ...testOffer(echoModel()), contextTokens: 1_000_000 };
      const api = testApi(engine(), { models: [model], policy: { maxMessageChars: null } });
      const { auth } = await newAccount(api);
      const message = 'ü'.repeat(1_500_000);
      const response = await ask(api, 'POST', '/api/chat/', { auth, json: { message } });
      expect(response.body['response'] === `Echo: ${message}`).toBe(true);
    });

    test.each([
      ['nothing', ''],
      ['white space', ' \n'],
      ['half an object', '{"username": "jane"'],
      ['a trailing comma', '{"username": "jane",}'],
      ['single quotes', "{'username': 'jane'}"],
      ['a byte order mark', '\uFEFF{"username": "jane", "password": "StrongPass123!"}'],
      ['two documents', '{}{}'],
      ['a form', 'username=jane'],
      ['NaN', '{"username": NaN}'],
      ['an unfinished string', '{"username": "jane'],
      ['a million brackets', '['.repeat(1_000_000)],
      ['a million objects', '{"a":'.repeat(200_000)],
      ['65 levels', '['.repeat(65) + ']'.repeat(65)],
      ['half a million quotes', `"${'\\"'.repeat(500_000)}`],
    ])('%s is malformed: 400', async (_, raw) => {
      const send = async () => {
        const response = await ask(testApi(engine()), 'POST', '/api/login/', { raw, headers: json });
        expect(response.status).toBe(400);
        expect(response.body).toMatchObject({ code: 'malformed_body' });
      };
      expect(await cpuTimeMs(send)).toBeLessThan(1000);
    });

    test.each([
      ['null', 'null'],
      ['a list', '[]'],
      ['a string', '"username"'],
      ['a number', '1e999'],
      ['true', 'true'],
      ['a list of 64 levels', '['.repeat(64) + ']'.repeat(64)],
    ])('%s is not an object: 400', async (_, raw) => {
      const response = await ask(testApi(engine()), 'POST', '/api/login/', { raw, headers: json });
      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({ code: 'invalid_input' });
    });

    test('brackets inside strings do not count as nesting', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const message = '[{"\\'.repeat(100);
      const response = await ask(api, 'POST', '/api/chat/', { auth, json: { message } });
      expect(response.body).toMatchObject({ response: `Echo: ${message}` });
    });

    test.each([
      ['a lone continuation byte', [0x80]],
      ['an overlong slash', [0xc0, 0xaf]],
      ['a surrogate', [0xed, 0xa0, 0x80]],
      ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
      ['half a character', [0xe2, 0x82]],
      ['0xFF', [0xff]],
    ])('invalid UTF-8 (%s) is rejected with 400, never replaced', async (_, bytes) => {
      const raw = Buffer.concat([
        Buffer.from('{"username": "jane'),
        Buffer.from(bytes),
        Buffer.from('", "password": "StrongPass123!"}'),
      ]);
      const response = await ask(testApi(engine()), 'POST', '/api/login/', { raw, headers: json });
      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({ detail: 'The body is not valid UTF-8.' });
    });

    const textFields = [
      ...['username', 'password', 'password1', 'password2', 'email'].map((field) => [
        '/api/register/',
        field,
      ]),
      ...['username', 'password', 'email'].map((field) => ['/api/login/', field]),
      ...['message', 'conversation_id', 'model'].map((field) => ['/api/chat/', field]),
    ] as const;
    const unstorable = ['a\\u0000b', '\\ud800', 'a\\udc00b', '\\udc00\\ud800', '\\ufeffabc'];

    test.each(textFields)(
      '%s rejects NUL, lone surrogates and a leading U+FEFF in "%s"',
      async (path, field) => {
        const api = testApi(engine());
        const { auth } = await newAccount(api);
        for (const text of unstorable) {
          const response = await ask(api, 'POST', path, {
            auth,
            raw: `{"username": "jane", "message": "Hi", "${field}": "${text}"}`,
            headers: json,
          });
          expect(response.status, text).toBe(400);
          expect(Object.keys(response.body['errors'] as object), text).toContain(field);
        }
      },
    );

    test('strings that cannot be stored are rejected in field names and unknown fields too', async () => {
      const api = testApi(engine());
      for (const raw of ['{"a\\u0000": 1}', '{"extra": {"deep": ["\\ud800"]}}']) {
        const response = await ask(api, 'POST', '/api/login/', { raw, headers: json });
        expect(response.status).toBe(400);
      }
    });

    test('unknown fields are ignored', async () => {
      const api = testApi(engine());
      const username = freshName();
      const response = await ask(api, 'POST', '/api/register/', {
        raw: `{"username": "${username}", "password": "StrongPass123!", "role": "admin", "tokens": 9, "balance": 9,
          "id": "0190cafe-0000-7000-8000-000000000000", "status": "disabled", "email_verified": true,
          "__proto__": {"role": "admin"}, "constructor": {"prototype": {"role": "admin"}}}`,
        headers: json,
      });
      expect(response.status).toBe(201);
      const me = await ask(api, 'GET', '/api/me/', { auth: response.body['token'] as string });
      expect(me.body).toMatchObject({
        username,
        role: 'user',
        tokens: 4000,
        email: null,
        email_verified: false,
      });
      expect(me.body['id']).not.toBe('0190cafe-0000-7000-8000-000000000000');
      expect(({} as Record<string, unknown>)['role']).toBeUndefined();
    });

    test('fields of __proto__ do not count', async () => {
      const response = await ask(testApi(engine()), 'POST', '/api/login/', {
        raw: '{"__proto__": {"username": "jane", "password": "StrongPass123!"}}',
        headers: json,
      });
      expect(response.status).toBe(400);
    });

    test('the last of duplicate fields counts', async () => {
      const api = testApi(engine());
      const [first, second] = [freshName(), freshName()];
      const response = await ask(api, 'POST', '/api/register/', {
        raw: `{"username": "${first}", "username": "${second}", "password": "StrongPass123!"}`,
        headers: json,
      });
      const me = await ask(api, 'GET', '/api/me/', { auth: response.body['token'] as string });
      expect(me.body['username']).toBe(second);
    });

    test.each([1, true, [], {}, ['a'], 1.5, null])(
      '%j in place of a string is 400 and names the field',
      async (value) => {
        const api = testApi(engine());
        const { auth } = await newAccount(api);
        const response = await ask(api, 'POST', '/api/chat/', { auth, json: { message: value } });
        expect(response.status).toBe(400);
        expect(response.body).toMatchObject({
          code: 'invalid_input',
          errors: { message: ['Must be a string.'] },
        });
      },
    );
  });
}
