import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { complete, errorIn } from '../completions.js';
import { createMessage, messageErrorIn } from '../messages.js';
import { ask, balance, exchanges, newAccount, newAdmin, until, type TestResponse } from '../requests.js';
import { respond } from '../responses.js';
import { testApi, type TestApi } from '../test-api.js';
import { finish, modelYielding, text, waitingModel } from '../test-models.js';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000020000000208', 'hex').toString('base64');
const image = { type: 'image', media_type: 'image/png', data: png };
const script = btoa('<script>alert(document.domain)</script>');
const page = { type: 'file', name: 'a.html', media_type: 'text/html', data: script };

/** How each API takes an image and a file by their addresses or as data. */
const apis: {
  api: string;
  send: (api: TestApi, auth: string, parts: { json: object }) => Promise<TestResponse>;
  image: (url: string) => object;
  file: (url: string) => object;
  error: (response: TestResponse) => Record<string, unknown>;
}[] = [
  {
    api: 'completions',
    send: complete,
    image: (url) => asked({ messages: of({ type: 'image_url', image_url: { url } }) }),
    file: (url) => asked({ messages: of({ type: 'file', file: { file_data: url } }) }),
    error: errorIn,
  },
  {
    api: 'responses',
    send: respond,
    image: (url) => asked({ input: of({ type: 'input_image', image_url: url }) }),
    file: (url) => asked({ input: of({ type: 'input_file', file_data: url }) }),
    error: errorIn,
  },
  {
    api: 'messages of Anthropic',
    send: createMessage,
    image: (url) => asked({ messages: of({ type: 'image', source: sourceOf(url) }) }),
    file: (url) => asked({ messages: of({ type: 'document', source: sourceOf(url) }) }),
    error: messageErrorIn,
  },
];

function asked(fields: object): object {
  return { model: 'echo', ...fields };
}

function of(part: object): object[] {
  return [{ role: 'user', content: [part] }];
}

function sourceOf(url: string): object {
  const [, mediaType, data] = /^data:([^;,]*)(?:;base64)?,(.*)$/.exec(url) ?? [];
  return data === undefined ? { type: 'url', url } : { type: 'base64', media_type: mediaType, data };
}

/** Images and files of callers who attack. */
export function hostileAttachmentsSuite(engine: OpenedEngine): void {
  const opened = async () => {
    const model = modelYielding(text('Hi'), finish);
    const api = testApi(engine(), { models: [model] });
    return { api, model, auth: (await newAccount(api)).auth };
  };
  const send = (api: TestApi, auth: string, ...attachments: object[]) =>
    ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Look', attachments } });
  const download = (api: TestApi, auth: string, id: unknown, position = 0) =>
    api.app.request(`/api/chat/${String(id)}/attachments/${position}/`, {
      headers: { Authorization: `Token ${auth}` },
    });

  describe('a download', () => {
    test.each([
      ['../../etc/passwd', '.._.._etc_passwd'],
      ['C:\\Windows\\a.txt', 'C:_Windows_a.txt'],
      ['a\r\nSet-Cookie: a=b.txt', 'a__Set-Cookie: a=b.txt'],
      ['a\u0007\u007f\u0085b', 'a___b'],
      ['invoice\u202Efdp.exe', 'invoice_fdp.exe'],
      ['\u2067a\u2069\u200Fb\u061C', '_a__b_'],
      ['a"; filename=b.exe', 'a"; filename=b.exe'],
      ['%2e%2e%2f', '%2e%2e%2f'],
    ])('of the file %j is saved as %j', async (name, saved) => {
      const { api, auth } = await opened();
      const { body } = await send(api, auth, { ...page, name });
      const response = await download(api, auth, body['id']);
      const disposition = response.headers.get('Content-Disposition') ?? '';
      const [, plain, encoded] =
        /^attachment; filename="([\x20-\x7E]*)"; filename\*=UTF-8''(\S*)$/.exec(disposition) ?? [];
      expect(decodeURIComponent(encoded ?? '')).toBe(saved);
      expect(plain).toBe(saved.replaceAll(/["%]/g, '_'));
      // As it was sent, for the provider and the account.
      const [listed] = await exchanges(api, auth);
      expect(listed).toMatchObject({ attachments: [{ name }] });
    });

    test('of a page is neither shown nor run, whatever its bytes are', async () => {
      const { api, auth } = await opened();
      const disguised = { ...image, data: script };
      const xml = { ...page, media_type: 'application/xml', name: 'a.svg' };
      const { body } = await send(api, auth, page, disguised, xml);
      for (const [position, mediaType] of ['text/html', 'image/png', 'application/xml'].entries()) {
        const { headers } = await download(api, auth, body['id'], position);
        expect(headers.get('Content-Type')).toBe(mediaType);
        expect(headers.get('Content-Disposition')).toMatch(/^attachment;/);
        expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
        expect(headers.get('Content-Security-Policy')).toMatch(/default-src 'none'.*sandbox/);
      }
    });

    test('of another account does not exist, for administrators neither', async () => {
      const { api, auth } = await opened();
      const { body } = await send(api, auth, image);
      for (const other of [(await newAccount(api)).auth, (await newAdmin(api)).auth]) {
        expect((await download(api, other, body['id'])).status).toBe(404);
      }
      expect((await api.app.request(`/api/chat/${String(body['id'])}/attachments/0/`)).status).toBe(401);
      expect((await download(api, auth, body['id'])).status).toBe(200);
    });
  });

  const named = apis.map((each) => [each.api, each] as const);

  describe.each(named)('%s with images and files', (_, each) => {
    test.each([
      'http://example.com/a.png',
      'http://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
      'ftp://example.com/a.png',
      'javascript:alert(1)',
      'https://',
      'https://user:password@example.com/a.png',
      'https://example.com:99999/a.png',
      'https://exa mple.com/a.png',
      'data:image/svg+xml;base64,PHN2Zy8+',
      'data:image/png,raw',
      'data:image/png;base64,',
      'data:image/png;base64,A',
      'data:image/png;base64,AA\n=',
      'data:;base64,AAAA',
    ])('rejects %j, and asks no model', async (url) => {
      const { api, model, auth } = await opened();
      for (const json of [each.image(url), each.file(url)]) {
        const response = await each.send(api, auth, { json });
        expect(response.status, JSON.stringify(json)).toBe(400);
        expect(each.error(response)).toMatchObject({ code: 'invalid_input' });
      }
      expect(model.requests).toEqual([]);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
    });

    test('passes addresses on to the provider as they are, and asks for none itself', async () => {
      const { api, model, auth } = await opened();
      const url = 'https://192.0.2.1/%2e%2e/a.png?b=c#d';
      expect((await each.send(api, auth, { json: each.image(url) })).status).toBe(200);
      expect(model.requests[0]?.messages[0]?.parts).toEqual([
        { type: 'image', source: { type: 'url', url } },
      ]);
    });
  });

  describe('a message with attachments', () => {
    test.each(['http://example.com/a.png', 'https://example.com:99999/a.png', 'https://%zz/a.png'])(
      'is rejected for the address %s',
      async (url) => {
        const { api, auth } = await opened();
        const { status, body } = await send(api, auth, { type: 'image', url });
        expect([status, Object.keys(body['errors'] as object)]).toEqual([400, ['attachments']]);
      },
    );

    test('that is erased while its reply comes leaves nothing of them', async () => {
      const model = waitingModel({ before: [text('One. ')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const secret = `secret of ${auth.slice(-12)}`;
      const sending = send(api, auth, { ...page, name: secret, data: btoa(secret) });
      await until(model.waits);
      const [pending] = await exchanges(api, auth);
      const path = `/api/conversations/${String(pending?.['conversation_id'])}/`;
      const erased = await Promise.all([1, 2, 3].map(() => ask(api, 'DELETE', path, { auth })));
      expect(erased.map(({ status }) => status).sort()).toEqual([204, 404, 404]);
      expect((await download(api, auth, pending?.['id'])).status).toBe(404);
      model.letGo();
      expect((await sending).status).toBe(200);
      expect((await download(api, auth, pending?.['id'])).status).toBe(404);
      const dump = await engine().dump();
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(btoa(secret));
      const again = { message: 'More', conversation_id: pending?.['conversation_id'] };
      expect((await ask(api, 'POST', '/api/chat/', { auth, json: again })).status).toBe(404);
    });

    test('of another account cannot be continued, so that its attachments stay there', async () => {
      const { api, model, auth } = await opened();
      const { body } = await send(api, auth, image);
      const stranger = (await newAccount(api)).auth;
      const json = { message: 'And?', conversation_id: body['conversation_id'] };
      expect((await ask(api, 'POST', '/api/chat/', { auth: stranger, json })).status).toBe(404);
      expect(model.requests).toHaveLength(1);
    });
  });

  describe('an attachment that is sent again', () => {
    test('in its conversation is another one there, and both reach the model in their places', async () => {
      const { api, model, auth } = await opened();
      const first = await send(api, auth, image, page);
      const { body: shown, headers } = await ask(api, 'GET', '/api/chat/', { auth });
      expect(headers.get('Content-Type')).toContain('json');
      const [listed] = shown['results'] as { attachments: { media_type: string; name: string | null }[] }[];
      // As a page does it: from what is listed and downloaded.
      const again = await Promise.all(
        (listed?.attachments ?? []).map(async ({ media_type, name }, position) => {
          const bytes = await (await download(api, auth, first.body['id'], position)).arrayBuffer();
          const type = media_type.startsWith('image/') ? 'image' : 'file';
          return {
            type,
            media_type,
            data: Buffer.from(bytes).toString('base64'),
            ...(name === null ? {} : { name }),
          };
        }),
      );
      expect(again).toEqual([image, page]);
      const json = { message: 'Again', attachments: again, conversation_id: first.body['conversation_id'] };
      const second = await ask(api, 'POST', '/api/chat/', { auth, json });
      expect(second.status).toBe(200);
      const types = model.requests[1]?.messages.map(({ parts }) => parts.map(({ type }) => type).join());
      expect(types).toEqual(['image,file,text', 'text', 'image,file,text']);
      const [one, , other] = model.requests[1]?.messages ?? [];
      expect(other?.parts.slice(0, 2)).toEqual(one?.parts.slice(0, 2));
      for (const id of [first.body['id'], second.body['id']]) {
        expect(Buffer.from(await (await download(api, auth, id)).arrayBuffer()).toString('base64')).toBe(png);
      }
    });

    test('after its message failed is charged once, with the key of the first attempt or without', async () => {
      const failing = { ...modelYielding(text('Half')), retries: 0 };
      const broken = testApi(engine(), { models: [failing] });
      const { auth } = await newAccount(broken);
      const json = { message: 'Look', attachments: [image] };
      const post = (api: TestApi, headers: Record<string, string>) =>
        ask(api, 'POST', '/api/chat/', { auth, json, headers });
      expect((await post(broken, { 'Idempotency-Key': 'k' })).status).toBe(502);
      expect(await balance(broken, auth)).toEqual({ tokens: 4000, held: 0 });
      const { api, model } = await opened();
      expect((await post(api, { 'Idempotency-Key': 'k' })).status).toBe(200);
      expect((await post(api, { 'Idempotency-Key': 'k' })).headers.get('Idempotent-Replayed')).toBe('true');
      expect((await post(api, {})).status).toBe(200);
      expect(model.requests.map(({ messages }) => messages[0]?.parts[0])).toEqual(
        [1, 2].map(() => ({ type: 'image', source: { type: 'base64', mediaType: 'image/png', data: png } })),
      );
      expect(await balance(api, auth)).toEqual({ tokens: 3800, held: 0 });
    });

    test.each(named)('in %s reaches the model in every message that has it', async (_, each) => {
      const { api, model, auth } = await opened();
      const json = each.image(`data:image/png;base64,${png}`) as Record<
        'messages' | 'input',
        object[] | undefined
      >;
      const [field, list] = json.messages === undefined ? ['input', json.input] : ['messages', json.messages];
      const conversation = [...(list ?? []), { role: 'assistant', content: 'A dot.' }, ...(list ?? [])];
      for (const messages of [list, conversation]) {
        expect((await each.send(api, auth, { json: { [field]: messages } })).status).toBe(200);
      }
      const part = { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: png } };
      expect(model.requests.map(({ messages }) => messages.map(({ parts }) => parts))).toEqual([
        [[part]],
        [[part], [{ type: 'text', text: 'A dot.' }], [part]],
      ]);
      expect(await balance(api, auth)).toEqual({ tokens: 3800, held: 0 });
    });
  });
}
