import { Chat } from '@ai-sdk/react';
import { DefaultChatTransport, type UIMessage } from 'ai';
import { DefaultChatTransport as Transport5 } from 'ai-v5';
import { DefaultChatTransport as Transport7 } from 'ai-v7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { balance, exchanges, newAccount, until } from './requests.js';
import { startTestServer, type TestServer } from './test-server.js';
import { finish, modelYielding, text, waitingModel } from './test-models.js';

let server: TestServer;
let auth: string;
const waiting = { ...waitingModel({ before: [text('Once ')] }), name: 'waiting' };
beforeAll(async () => {
  const echo = modelYielding({ type: 'reasoning', text: 'Hm.' }, text('Hello '), text('there'), finish);
  server = await startTestServer('memory', { models: [echo, waiting] });
});
afterAll(() => server.close());

const transports = [
  { name: 'AI SDK 5', Transport: Transport5 as unknown as typeof DefaultChatTransport },
  { name: 'AI SDK 6', Transport: DefaultChatTransport },
  { name: 'AI SDK 7', Transport: Transport7 as unknown as typeof DefaultChatTransport },
];

const textsOf = (messages: UIMessage[]) =>
  messages.map(({ role, parts }) => [
    role,
    parts.map((part) => (part.type === 'text' ? part.text : part.type)).join(' | '),
  ]);

describe.each(transports)('the chat of the $name', ({ Transport }) => {
  async function openChat(body: object = {}) {
    ({ auth } = await newAccount(server));
    const errors: Error[] = [];
    const chat = new Chat({
      transport: new Transport({
        api: `${server.url}/api/ui-chat/`,
        headers: { Authorization: `Bearer ${auth}` },
        body,
      }),
      onError: (error) => void errors.push(error),
    });
    return { chat, errors };
  }

  test('sends messages, shows the replies, and repeats one', async () => {
    const { chat } = await openChat();
    await chat.sendMessage({ text: 'Hi' });
    await chat.sendMessage({ text: 'And now?' });
    const reply = ['assistant', 'step-start | reasoning | Hello there'];
    expect(textsOf(chat.messages)).toEqual([['user', 'Hi'], reply, ['user', 'And now?'], reply]);
    expect(chat.messages.at(-1)?.metadata).toMatchObject({ tokens_charged: 100, remaining_tokens: 3800 });
    const [newest] = await exchanges(server, auth);
    expect(chat.messages.at(-1)?.id).toBe(newest?.['id']);
    await chat.regenerate();
    expect(textsOf(chat.messages)).toHaveLength(4);
    expect(chat.status).toBe('ready');
    expect(await balance(server, auth)).toEqual({ tokens: 3700, held: 0 });
  });

  test('that is stopped keeps what came, and is charged for it', async () => {
    const { chat, errors } = await openChat({ model: 'waiting' });
    const sending = chat.sendMessage({ text: 'A story, please.' });
    await until(() => textsOf(chat.messages).at(-1)?.[1] === 'step-start | Once ');
    await chat.stop();
    await sending;
    expect(textsOf(chat.messages).at(-1)).toEqual(['assistant', 'step-start | Once ']);
    expect(errors).toEqual([]);
    await until(async () => (await balance(server, auth))['held'] === 0);
    expect(await balance(server, auth)).toEqual({ tokens: 3900, held: 0 });
    expect((await exchanges(server, auth))[0]).toMatchObject({ status: 'cancelled', tokens_charged: 100 });
  });

  test('gets the problem of a refusal as the message of its error', async () => {
    const { chat, errors } = await openChat({ model: 'none' });
    await chat.sendMessage({ text: 'Hi' });
    expect(chat.status).toBe('error');
    expect(JSON.parse(errors[0]?.message ?? '')).toMatchObject({ code: 'model_not_found', status: 400 });
  });
});
