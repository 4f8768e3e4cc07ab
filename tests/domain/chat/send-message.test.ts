import { noWalletRules } from '../../../src/domain/metering/wallet-rules.js';
import { describe, expect, test } from 'vitest';
import { uuidIds, nodeSecrets } from '../../../src/adapters/system/system.js';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { sendMessage, streamMessage, type SendMessageDeps } from '../../../src/domain/chat/send-message.js';
import type { CompletionOptions, SendMessageInput } from '../../../src/domain/chat/message.js';
import { DomainError } from '../../../src/domain/errors.js';
import { testOffer } from './test-offer.js';
import { runningReplies } from '../../../src/domain/chat/running-replies.js';
import { messageText } from '../../../src/domain/chat/model-message.js';

const clock = { now: () => new Date(), every: () => () => undefined, after: () => () => undefined };
const ids = uuidIds();

const echo = testOffer({
  async *reply({ messages }) {
    await Promise.resolve();
    yield { type: 'text', text: messageText(messages.at(-1)) };
    yield { type: 'finish', reason: 'stop', usage: { input: 1, output: 2 } };
  },
});

describe('sendMessage', () => {
  test('returns the reply, its charge and the balance', async () => {
    const { send, balance } = await openAccount();
    const sent = await send({});
    expect(sent).toMatchObject({ reply: 'Hi', model: 'echo', charged: 100, balance: 900, replayed: false });
    expect(sent.usage).toEqual({ input: 1, cachedInput: 0, cacheWrite: 0, output: 2, reasoning: 0 });
    expect(await balance()).toEqual({ balance: 900, held: 0 });
  });

  test('rejects with the reason of the signal, of any type, and charges nothing', async () => {
    const model = testOffer({
      async *reply({ signal }) {
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => {
            resolve();
          });
        });
        yield { type: 'finish', reason: 'stop', usage: null };
      },
    });
    for (const reason of ['a text', new Error('an error'), { an: 'object' }]) {
      const { send, balance } = await openAccount({ models: [model] });
      const caller = new AbortController();
      const sent = send({ signal: caller.signal });
      await Promise.resolve();
      caller.abort(reason);
      await expect(sent).rejects.toBe(reason);
      expect(await balance()).toEqual({ balance: 1000, held: 0 });
    }
  });

  test('rejects a conversation with images, on a model without that capability, by name', async () => {
    const blind = { ...echo, name: 'blind', capabilities: ['files' as const] };
    const { send, balance } = await openAccount({ models: [echo, blind] });
    const png = { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'QUJD' } } as const;
    const { conversationId } = await send({ message: 'What is it?', attachments: [png] });
    if (conversationId === null) throw new TypeError('There is a conversation.');
    const again = send({ conversation: { id: conversationId }, model: 'blind' });
    await expect(again).rejects.toMatchObject({
      code: 'unsupported_parameter',
      details: {
        fieldErrors: {
          attachments: [expect.stringContaining('images'), `Models that support this request: ${echo.name}.`],
        },
      },
    });
    const unsafe = { ...png, source: { type: 'url', url: 'file:///etc/passwd' } } as const;
    await expect(send({ attachments: [unsafe] })).rejects.toMatchObject({
      code: 'invalid_input',
      details: { fieldErrors: { attachments: [expect.stringContaining('https://')] } },
    });
    expect(await balance()).toEqual({ balance: 900, held: 0 });
  });

  test.each(['\ud83d', 'a\0b'])(
    'rejects an attachment with %j, which no database stores',
    async (unstorable) => {
      const { send, balance } = await openAccount({ models: [echo] });
      const url = { type: 'url', url: `https://x.example/${unstorable}` } as const;
      const data = { type: 'base64', mediaType: 'text/plain', data: 'QUJD' } as const;
      for (const attachment of [
        { type: 'image', source: url } as const,
        { type: 'file', source: url, name: null } as const,
        { type: 'file', source: data, name: unstorable } as const,
      ]) {
        await expect(send({ attachments: [attachment] })).rejects.toMatchObject({
          code: 'invalid_input',
          details: { fieldErrors: { attachments: [expect.stringMatching(/must not contain/)] } },
        });
      }
      expect(await balance()).toEqual({ balance: 1000, held: 0 });
    },
  );

  test('asks the model for a file that some providers count as more than its context', async () => {
    const { send } = await openAccount({ models: [{ ...echo, contextTokens: 1000 }] });
    const data = Buffer.from('/Page '.repeat(500)).toString('base64');
    const pdf = { type: 'base64', mediaType: 'application/pdf', data } as const;
    const parts = [
      { type: 'file', source: pdf, name: null },
      { type: 'text', text: 'Sum it up.' },
    ] as const;
    const asked = { ...optionsWith({}), messages: [{ role: 'user', parts }] } as const;
    expect(await send({ completionOptions: asked })).toMatchObject({ reply: 'Sum it up.' });
    const long = { role: 'user', parts: [{ type: 'text', text: 'word '.repeat(1000) }] } as const;
    await expect(send({ completionOptions: { ...asked, messages: [long] } })).rejects.toMatchObject({
      code: 'context_length_exceeded',
    });
  });

  test('passes on the error of a provider and its cause', async () => {
    const cause = new Error('refused');
    const { send } = await openAccount({
      models: [
        testOffer({
          reply: () => {
            throw cause;
          },
        }),
      ],
    });
    const error: unknown = await send({}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'provider_failed', cause });
  });

  test('leaves no timer running', async () => {
    let running = 0;
    const start = () => {
      running += 1;
      return () => {
        running -= 1;
      };
    };
    const counting = { now: () => new Date(), every: start, after: start };
    const reply = () => {
      throw new Error('broken');
    };
    const broken = testOffer({ reply }, { name: 'broken' });
    const { send } = await openAccount({ clock: counting, models: [echo, broken] });
    await send({});
    await send({ model: 'broken' }).catch(() => undefined);
    await send({ message: ' ' }).catch(() => undefined);
    expect(running).toBe(0);
  });

  test('leaves the hold open if the ledger cannot be reached at the end', async () => {
    const opened = await openAccount();
    const unavailable = new DomainError('unavailable', 'The database is not available.');
    const { send } = await openAccount({
      holdLedger: { ...opened.stores.holdLedger, settle: () => Promise.reject(unavailable) },
      userId: opened.userId,
    });
    await expect(send({})).rejects.toBe(unavailable);
    expect(await opened.balance()).toEqual({ balance: 900, held: 100 });
    await opened.stores.holdLedger.expireHolds({ everyOpen: true });
    expect(await opened.balance()).toEqual({ balance: 1000, held: 0 });
  });
});

describe('streamMessage', () => {
  const words = testOffer({
    async *reply({ signal }) {
      for (const text of ['One ', 'two ', 'three']) {
        await Promise.resolve();
        if (signal.aborted) return;
        yield { type: 'text', text };
      }
      yield { type: 'finish', reason: 'length', usage: null };
    },
  });

  test('yields the start, each text, and at the end what sendMessage returns', async () => {
    const { stream, send } = await openAccount({ models: [words] });
    const chunks = [];
    for await (const chunk of stream({ idempotencyKey: 'k' })) chunks.push(chunk);
    const done = chunks.at(-1);
    expect(chunks.map(({ type }) => type)).toEqual(['started', 'text', 'text', 'text', 'done']);
    expect(chunks[0]).toMatchObject({ replayed: false, balance: null });
    expect(chunks.slice(1, -1)).toEqual(['One ', 'two ', 'three'].map((text) => ({ type: 'text', text })));
    expect(done).toMatchObject({ reply: 'One two three', finishReason: 'length', charged: 100 });
    expect(chunks[0]).toMatchObject({ exchangeId: done?.type === 'done' ? done.exchangeId : null });
    expect(await send({ idempotencyKey: 'k' })).toEqual({ ...done, replayed: true });
  });

  test('reserves nothing before the first chunk is read', async () => {
    const { stream, balance } = await openAccount({ models: [words] });
    await stream({}).return();
    expect(await balance()).toEqual({ balance: 1000, held: 0 });
  });

  test.each([
    { read: 1, balance: 1000, status: 'cancelled', reply: null },
    { read: 2, balance: 900, status: 'cancelled', reply: 'One ' },
    { read: 3, balance: 900, status: 'cancelled', reply: 'One two ' },
  ])('a caller who stops reading after $read chunks has disconnected', async ({ read, ...expected }) => {
    const { stream, stores, userId } = await openAccount({ models: [words] });
    const chunks = stream({});
    for (let count = 0; count < read; count += 1) await chunks.next();
    await chunks.return();
    const { results } = await stores.holdLedger.exchanges(userId, { limit: 1, before: null });
    expect(results).toMatchObject([{ status: expected.status, reply: expected.reply }]);
    expect(await stores.creditLedger.balance(userId)).toMatchObject({ balance: expected.balance });
  });

  test('leaves no timer running if the ledger cannot be reached after the caller has stopped reading', async () => {
    let running = 0;
    const start = () => {
      running += 1;
      return () => {
        running -= 1;
      };
    };
    const { stores, userId } = await openAccount();
    const unavailable = new DomainError('unavailable', 'The database is not available.');
    const { stream } = await openAccount({
      clock: { now: () => new Date(), every: start, after: start },
      holdLedger: { ...stores.holdLedger, settle: () => Promise.reject(unavailable) },
      models: [words],
      userId,
    });
    const chunks = stream({});
    await chunks.next();
    await chunks.next();
    expect(running).toBeGreaterThan(0);
    await expect(chunks.return()).rejects.toBe(unavailable);
    expect(running).toBe(0);
  });

  test('a caller with a key who stops reading gets the whole reply by a repeated request', async () => {
    const { stream, send, balance } = await openAccount({ models: [words] });
    const chunks = stream({ idempotencyKey: 'k' });
    await chunks.next();
    await chunks.next();
    await chunks.return();
    expect(await send({ idempotencyKey: 'k' })).toMatchObject({ reply: 'One two three', replayed: true });
    expect(await balance()).toEqual({ balance: 900, held: 0 });
  });

  test('a repeated request must have the same options and conversation', async () => {
    const { send } = await openAccount();
    const completionOptions = optionsWith({ seed: 1, temperature: 0 });
    const first = await send({ idempotencyKey: 'k', completionOptions });
    const again = await send({
      idempotencyKey: 'k',
      completionOptions: optionsWith({ temperature: 0, seed: 1 }),
    });
    expect(again.exchangeId).toBe(first.exchangeId);
    for (const other of [
      { completionOptions: optionsWith({ seed: 2, temperature: 0 }) },
      { completionOptions: { ...completionOptions, maxOutputTokens: 5 } },
      {
        completionOptions: {
          ...completionOptions,
          messages: [{ role: 'system' as const, parts: [{ type: 'text' as const, text: 'Hi' }] }],
        },
      },
      { completionOptions: null },
      { completionOptions, conversation: 'none' as const },
      { completionOptions, conversation: { id: first.conversationId ?? '' } },
    ]) {
      await expect(send({ idempotencyKey: 'k', ...other })).rejects.toMatchObject({
        code: 'idempotency_key_reused',
      });
    }
  });

  test('a message can belong to no conversation', async () => {
    const { send, stores, userId } = await openAccount();
    expect((await send({ conversation: 'none' })).conversationId).toBeNull();
    expect((await stores.conversationStore.list(userId, { limit: 1, before: null })).results).toEqual([]);
  });

  test('yields tool calls, stores them, and returns them to a repeated request', async () => {
    const call = { id: '1', name: 'look', arguments: '{}' };
    const tooled = testOffer({
      async *reply() {
        await Promise.resolve();
        yield { type: 'tool_call', call };
        yield { type: 'finish', reason: 'tool_calls', usage: null };
      },
    });
    const { stream, send } = await openAccount({ models: [tooled] });
    const chunks = [];
    for await (const chunk of stream({ idempotencyKey: 'k' })) chunks.push(chunk);
    expect(chunks.slice(1, -1)).toEqual([{ type: 'tool_call', call }]);
    expect(await send({ idempotencyKey: 'k' })).toMatchObject({
      ...{ reply: '', toolCalls: [call], finishReason: 'tool_calls', replayed: true },
    });
  });

  test('stores a call that comes before a text in this order, byte for byte, for a repeated request', async () => {
    const call = { id: '1', name: 'look', arguments: '{ "at" : 1.0 }' };
    const mixed = testOffer({
      async *reply() {
        await Promise.resolve();
        yield { type: 'tool_call', call };
        yield { type: 'text', text: 'I look.' };
        yield { type: 'finish', reason: 'tool_calls', usage: null };
      },
    });
    const { send } = await openAccount({ models: [mixed] });
    const parts = [
      { type: 'tool_call', ...call },
      { type: 'text', text: 'I look.' },
    ];
    expect((await send({ idempotencyKey: 'k' })).parts).toEqual(parts);
    expect(await send({ idempotencyKey: 'k' })).toMatchObject({ parts, replayed: true });
  });

  test('stores U+FFFD for a character of a tool call that cannot be stored', async () => {
    const odd = testOffer({
      async *reply() {
        await Promise.resolve();
        yield { type: 'tool_call', call: { id: '1', name: 'look', arguments: '"\0"' } };
        yield { type: 'finish', reason: 'tool_calls', usage: null };
      },
    });
    const { send, balance } = await openAccount({ models: [odd] });
    expect(await send({})).toMatchObject({ toolCalls: [{ arguments: '"\ufffd"' }] });
    expect(await balance()).toEqual({ balance: 900, held: 0 });
  });

  test('a model is not asked for a caller who has already disconnected', async () => {
    let asked = 0;
    const counting = testOffer({
      reply: () => {
        asked += 1;
        throw new Error('asked');
      },
    });
    const { send, balance } = await openAccount({ models: [counting] });
    await expect(send({ signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
    expect(asked).toBe(0);
    expect(await balance()).toEqual({ balance: 1000, held: 0 });
  });
});

async function openAccount(replaced: Partial<SendMessageDeps> & { userId?: string } = {}) {
  const stores = memoryStores(clock);
  const userId = replaced.userId ?? ids.next();
  await stores.userStore.create({
    id: userId,
    username: 'jane',
    usernameKey: 'jane',
    email: null,
    emailKey: null,
    passwordHash: '',
    role: 'user',
    openingGrant: { entryId: ids.next(), amount: 1000 },
  });
  const deps: SendMessageDeps = {
    holdLedger: stores.holdLedger,
    conversationStore: stores.conversationStore,
    models: [echo],
    secrets: nodeSecrets(),
    clock,
    runningReplies: runningReplies({ clock, holdLedger: stores.holdLedger }),
    ids,
    log: { warn: () => undefined },
    policy: {
      maxMessageChars: 100,
      holdTtlMs: 60_000,
      holdLeaseMs: 30_000,
      requireVerifiedEmail: false,
      ...noWalletRules,
    },
    ...replaced,
  };
  const whole = (input: Partial<SendMessageInput>): SendMessageInput => ({
    userId,
    emailVerified: false,
    apiKey: null,
    message: 'Hi',
    attachments: [],
    fitBudget: false,
    conversation: 'new',
    model: null,
    systemPrompt: null,
    temperature: null,
    idempotencyKey: null,
    completionOptions: null,
    signal: new AbortController().signal,
    ...input,
  });
  const send = (input: Partial<SendMessageInput>) => sendMessage(deps, whole(input));
  const stream = (input: Partial<SendMessageInput>) => streamMessage(deps, whole(input));
  return { stores, userId, send, stream, balance: () => stores.creditLedger.balance(userId) };
}

function optionsWith(sampling: CompletionOptions['sampling']): CompletionOptions {
  const messages = [{ role: 'user' as const, parts: [{ type: 'text' as const, text: 'Hi' }] }];
  return { messages, maxOutputTokens: null, sampling, tools: [], toolChoice: null };
}
