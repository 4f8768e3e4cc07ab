import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testOffer } from '../../../domain/chat/test-offer.js';
import type { OpenedEngine } from '../api-suites.js';
import { complete, errorIn } from '../completions.js';
import { stream } from '../events.js';
import { ask, balance, newAccount, newAdmin, type TestResponse } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';
import { finish, modelThat, text } from '../test-models.js';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000020000000208', 'hex');
const image = { type: 'image', media_type: 'image/png', data: png.toString('base64') };
const file = {
  type: 'file',
  name: 'Übersicht "1".txt',
  media_type: 'text/plain',
  data: btoa('line 1\nline 2'),
};
const page = { type: 'file', name: 'far.pdf', url: 'https://example.com/far.pdf' };

/** A model that says what parts its last message has, and one that reads texts only. */
function models() {
  const seeing = modelThat(async function* ({ messages }) {
    await Promise.resolve();
    yield text(
      messages
        .at(-1)
        ?.parts.map(({ type }) => type)
        .join() ?? '',
    );
    yield finish;
  });
  const blind = testOffer(seeing.model, { name: 'blind', capabilities: [] });
  return { seeing, blind };
}

interface Sent {
  json: object;
  key?: string;
}

function send(api: TestApi, auth: string, { json, key }: Sent): Promise<TestResponse> {
  const headers: Record<string, string> = key === undefined ? {} : { 'Idempotency-Key': key };
  return ask(api, 'POST', '/api/chat/', { auth, json, headers });
}

/** Images and files of messages: sent, listed, downloaded, exported and erased. */
export function attachmentsSuite(engine: OpenedEngine): void {
  describe('an attachment', () => {
    test('reaches the model as a part before the text, also with later messages', async () => {
      const { seeing } = models();
      const api = testApi(engine(), { models: [seeing] });
      const { auth } = await newAccount(api);
      const json = { message: 'What is it?', attachments: [{ ...image, detail: 'low' }, file, page] };
      const { body, status } = await send(api, auth, { json });
      expect([status, body['response']]).toEqual([200, 'image,file,file,text']);
      const conversationId = body['conversation_id'] as string;
      const { events } = await stream(api, auth, 'And now?', { conversationId });
      expect(events.at(-1)).toMatchObject({ event: 'done', data: { response: 'text' } });
      const streamed = await ask(api, 'POST', '/api/chat/', { auth, json: { ...json, stream: true } });
      expect(streamed.text).toContain('event: delta\ndata: {"text":"image,file,file,text"}');
      const parts = [
        {
          type: 'image',
          source: { type: 'base64', mediaType: 'image/png', data: image.data },
          detail: 'low',
        },
        {
          type: 'file',
          source: { type: 'base64', mediaType: 'text/plain', data: file.data },
          name: file.name,
        },
        { type: 'file', source: { type: 'url', url: page.url }, name: page.name },
        { type: 'text', text: 'What is it?' },
      ];
      expect(seeing.requests.map(({ messages }) => messages[0]?.parts)).toEqual([parts, parts, parts]);
    });

    test('can be a message without text, whose title is the name of its first file', async () => {
      const { seeing } = models();
      const api = testApi(engine(), { models: [seeing] });
      const { auth } = await newAccount(api);
      const { body } = await send(api, auth, { json: { message: ' ', attachments: [image, file] } });
      expect(body['response']).toBe('image,file');
      const listed = await ask(api, 'GET', '/api/conversations/', { auth });
      expect(listed.body['results']).toMatchObject([{ title: file.name }]);
      const untitled = await send(api, auth, { json: { message: '', attachments: [image] } });
      const path = `/api/conversations/${untitled.body['conversation_id'] as string}/`;
      expect((await ask(api, 'GET', path, { auth })).body['title']).toBe('Untitled');
    });

    test('is in the lists without its data, and is downloaded byte for byte', async () => {
      const api = testApi(engine(), { models: [models().seeing] });
      const { auth } = await newAccount(api);
      const { body } = await send(api, auth, { json: { message: 'Look', attachments: [image, file, page] } });
      const shown = [
        { type: 'image', name: null, media_type: 'image/png', size: png.length, url: null },
        { type: 'file', name: file.name, media_type: 'text/plain', size: 13, url: null },
        { type: 'file', name: page.name, media_type: null, size: null, url: page.url },
      ];
      const path = `/api/conversations/${body['conversation_id'] as string}/`;
      for (const list of ['/api/chat/', path]) {
        const { body: listed, text: json } = await ask(api, 'GET', list, { auth });
        expect((listed['results'] as object[])[0]).toMatchObject({ attachments: shown });
        expect(json).not.toContain(image.data);
      }
      const admin = await newAdmin(api);
      const searched = await ask(api, 'GET', `/api/admin/chats/${body['id'] as string}/`, {
        auth: admin.auth,
      });
      expect(searched.body['attachments']).toEqual(shown);

      const download = (position: string | number) =>
        api.app.request(`/api/chat/${body['id'] as string}/attachments/${position}/`, {
          headers: { Authorization: `Token ${auth}` },
        });
      const first = await download(0);
      expect(Buffer.from(await first.arrayBuffer()).equals(png)).toBe(true);
      const headers = Object.fromEntries(first.headers);
      expect(headers).toMatchObject({
        'content-type': 'image/png',
        'content-disposition': `attachment; filename="attachment-1.png"; filename*=UTF-8''attachment-1.png`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['content-security-policy']).toContain('sandbox');
      const second = await download(1);
      expect(await second.text()).toBe('line 1\nline 2');
      expect(second.headers.get('Content-Disposition')).toBe(
        `attachment; filename="_bersicht _1_.txt"; filename*=UTF-8''%C3%9Cbersicht%20%221%22.txt`,
      );
      for (const position of [2, 3, 20, '-1', '1e1', '0x0', '00000', ' ', 'a']) {
        expect((await download(encodeURIComponent(position))).status, String(position)).toBe(404);
      }
    });

    test('is charged once with an idempotency key, which another attachment cannot use', async () => {
      const { seeing } = models();
      const api = testApi(engine(), { models: [seeing] });
      const { auth } = await newAccount(api);
      const json = { message: 'Look', attachments: [image] };
      const [first, again] = [
        await send(api, auth, { json, key: 'a' }),
        await send(api, auth, { json, key: 'a' }),
      ];
      expect(again.headers.get('Idempotent-Replayed')).toBe('true');
      expect(again.body).toEqual(first.body);
      for (const attachments of [[], [file], [image, image], [{ ...image, detail: 'low' }]]) {
        const other = await send(api, auth, { json: { message: 'Look', attachments }, key: 'a' });
        expect(other.body['code']).toBe('idempotency_key_reused');
      }
      expect([await balance(api, auth), seeing.requests.length]).toEqual([{ tokens: 3900, held: 0 }, 1]);
    });

    test('that no provider reads, or that names nothing, is rejected by its field', async () => {
      const api = testApi(engine(), { models: [models().seeing] });
      const { auth } = await newAccount(api);
      const rejected: [unknown, string][] = [
        ['an image', 'attachments'],
        [[{ ...image, type: 'video' }], 'attachments.0.type'],
        [[{ type: 'image' }], 'attachments.0'],
        [[{ ...image, url: 'https://example.com/a.png' }], 'attachments.0'],
        [[{ type: 'image', data: image.data }], 'attachments.0'],
        [[{ ...image, media_type: 'image/svg+xml' }], 'attachments'],
        [[{ ...image, data: 'not Base64!' }], 'attachments'],
        [[{ ...image, data: '' }], 'attachments'],
        [[{ ...file, media_type: 'text/plain\r\nX-Header: 1' }], 'attachments'],
        [[{ ...file, name: ' ' }], 'attachments'],
        [[{ ...file, name: 'n'.repeat(256) }], 'attachments'],
        [[{ ...page, url: 'http://127.0.0.1/secret' }], 'attachments'],
        [[{ ...page, url: 'file:///etc/passwd' }], 'attachments'],
        [Array.from({ length: 21 }, () => image), 'attachments'],
      ];
      for (const [attachments, field] of rejected) {
        const { status, body } = await send(api, auth, { json: { message: 'Look', attachments } });
        expect([status, body['code']], JSON.stringify(attachments).slice(0, 100)).toEqual([
          400,
          'invalid_input',
        ]);
        expect(Object.keys(body['errors'] as object)).toEqual([field]);
      }
      const many = Array.from({ length: 20 }, () => image);
      expect((await send(api, auth, { json: { message: 'Look', attachments: many } })).status).toBe(200);
      const blank = await send(api, auth, { json: { message: ' ', attachments: [] } });
      expect([blank.status, Object.keys(blank.body['errors'] as object)]).toEqual([400, ['message']]);
    });

    test('is rejected for a model without that capability, also one of an earlier message', async () => {
      const { seeing, blind } = models();
      const api = testApi(engine(), { models: [seeing, blind] });
      const { auth } = await newAccount(api);
      const own = await send(api, auth, {
        json: { message: 'Look', attachments: [image, file], model: 'blind' },
      });
      expect([own.status, own.body['code']]).toEqual([400, 'unsupported_parameter']);
      expect(own.body['errors']).toEqual({
        attachments: [
          'The model blind does not support images and files, which this conversation has.',
          'Models that support this request: echo.',
        ],
      });
      const completion = await complete(api, auth, {
        json: {
          model: 'blind',
          messages: [
            {
              role: 'user',
              content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${image.data}` } }],
            },
          ],
        },
      });
      expect(errorIn(completion)).toMatchObject({
        code: 'unsupported_parameter',
        message:
          'messages[].content[].image_url: This model does not support it. Models that support this request: echo.',
      });
      const { body: key } = await ask(api, 'POST', '/api/keys/', {
        auth,
        json: { name: 'a', models: ['blind'] },
      });
      const limited = await send(api, key['key'] as string, {
        json: { message: 'Look', attachments: [image], model: 'blind' },
      });
      // It may not use the other one.
      expect(limited.body['errors']).toEqual({
        attachments: ['The model blind does not support images, which this conversation has.'],
      });
      const { body } = await send(api, auth, { json: { message: 'Look', attachments: [image] } });
      const more = { message: 'More', conversation_id: body['conversation_id'], model: 'blind' };
      expect((await send(api, auth, { json: more })).body['code']).toBe('unsupported_parameter');
      expect([await balance(api, auth), seeing.requests.length]).toEqual([{ tokens: 3900, held: 0 }, 1]);
    });

    test('is limited by the largest body', async () => {
      const api = testApi(engine(), { models: [models().seeing], maxChatBodyBytes: 1024 * 1024 });
      const { auth } = await newAccount(api);
      const large = { ...image, data: 'A'.repeat(1024 * 1024) };
      const { status, body } = await send(api, auth, { json: { message: 'Look', attachments: [large] } });
      expect([status, body['code']]).toEqual([413, 'body_too_large']);
    });

    test('is erased with its conversation, and with its account', async () => {
      const api = testApi(engine(), { models: [models().seeing] });
      const { auth, password } = await newAccount(api);
      const secret = createHash('sha256').update(String(Math.random())).digest('base64');
      const attachment = { type: 'file', name: `${secret}.txt`, media_type: 'text/plain', data: secret };
      const json = { message: 'Look', attachments: [attachment] };
      const { body } = await send(api, auth, { json });
      const path = `/api/chat/${body['id'] as string}/attachments/0/`;
      expect((await ask(api, 'GET', path, { auth })).status).toBe(200);
      await ask(api, 'DELETE', `/api/conversations/${body['conversation_id'] as string}/`, { auth });
      expect((await ask(api, 'GET', path, { auth })).status).toBe(404);
      const [listed] = (await ask(api, 'GET', '/api/chat/', { auth })).body['results'] as object[];
      expect(listed).not.toHaveProperty('attachments');
      expect(await engine().dump()).not.toContain(secret);
      await send(api, auth, { json });
      expect(await engine().dump()).toContain(secret);
      await ask(api, 'DELETE', '/api/me/', { auth, json: { current_password: password } });
      expect(await engine().dump()).not.toContain(secret);
    });

    test('is in the export of the account with its data', async () => {
      const api = testApi(engine(), { models: [models().seeing] });
      const { auth } = await newAccount(api);
      await send(api, auth, { json: { message: 'First', attachments: [image, page] } });
      await send(api, auth, { json: { message: 'Second' } });
      const { body } = await ask(api, 'GET', '/api/me/export/', { auth });
      const [second, first] = body['chats'] as object[];
      expect(second).not.toHaveProperty('attachments');
      expect(first).toMatchObject({
        message: 'First',
        attachments: [
          { type: 'image', size: png.length, data: image.data },
          { type: 'file', url: page.url, data: null },
        ],
      });
    });

    test('counts as input in the hold and the charge of a model that charges by usage', async () => {
      const { seeing } = models();
      const byUsage = { ...seeing, price: { per1kInput: 1000, per1kOutput: 0 }, contextTokens: 100_000 };
      const api = testApi(engine(), { models: [{ ...byUsage, maxOutputTokens: 10 }] });
      const { auth } = await newAccount(api, {});
      const plain = await send(api, auth, { json: { message: 'Look' } });
      const withImage = await send(api, auth, { json: { message: 'Look', attachments: [image] } });
      const { tokens_charged: cost } = withImage.body;
      expect(cost).toBeGreaterThan(plain.body['tokens_charged'] as number);
      const poor = testApi(engine(), { models: [byUsage], policy: { startingCredits: 100 } });
      const json = { message: 'Look', attachments: [image] };
      const rejected = await send(poor, (await newAccount(poor)).auth, { json });
      expect([rejected.status, rejected.body['code']]).toEqual([402, 'insufficient_tokens']);
    });
  });
}
