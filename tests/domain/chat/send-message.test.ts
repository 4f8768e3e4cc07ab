import { describe, expect, test } from 'vitest';
import { uuidIds } from '../../../src/adapters/crypto/ids.js';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import {
  sendMessage,
  type SendMessageInput,
  type SendMessageNeeds,
} from '../../../src/domain/chat/send-message.js';
import { DomainError } from '../../../src/domain/errors.js';
import { testOffer } from './test-offer.js';

const clock = { now: () => new Date(), every: () => () => undefined, after: () => () => undefined };
const ids = uuidIds();

const echo = testOffer({
  async *reply({ messages }) {
    await Promise.resolve();
    yield { type: 'text', text: messages.at(-1)?.text ?? '' };
    yield { type: 'finish', reason: 'stop', usage: { input: 1, output: 2 } };
  },
});

describe('sendMessage', () => {
  test('answers, charges and says what is left', async () => {
    const { send, balance } = await openAccount();
    const sent = await send({});
    expect(sent).toMatchObject({ reply: 'Hi', model: 'echo', charged: 100, balance: 900, replayed: false });
    expect(sent.usage).toEqual({ input: 1, output: 2 });
    expect(await balance()).toEqual({ balance: 900, held: 0 });
  });

  test('rejects with the reason of the signal, whatever it is, and charges nothing', async () => {
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

  test('never leaves its timers running', async () => {
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

  test('gives nothing back and takes nothing when the ledger cannot be reached at the end', async () => {
    const opened = await openAccount();
    const unavailable = new DomainError('unavailable', 'The database is not available.');
    const { send } = await openAccount({
      chatLedger: { ...opened.stores.chatLedger, settle: () => Promise.reject(unavailable) },
      userId: opened.userId,
    });
    await expect(send({})).rejects.toBe(unavailable);
    expect(await opened.balance()).toEqual({ balance: 900, held: 100 });
    await opened.stores.chatLedger.expireHolds({ everyOpen: true });
    expect(await opened.balance()).toEqual({ balance: 1000, held: 0 });
  });
});

async function openAccount(replaced: Partial<SendMessageNeeds> & { userId?: string } = {}) {
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
  const needs: SendMessageNeeds = {
    chatLedger: stores.chatLedger,
    models: [echo],
    clock,
    ids,
    policy: {
      creditsPerMessage: 100,
      maxMessageChars: 100,
      holdTtlMs: 60_000,
      holdLeaseMs: 30_000,
      requireVerifiedEmail: false,
    },
    ...replaced,
  };
  const send = (input: Partial<SendMessageInput>) =>
    sendMessage(needs, {
      userId,
      emailVerified: false,
      message: 'Hi',
      conversationId: null,
      model: null,
      idempotencyKey: null,
      signal: new AbortController().signal,
      ...input,
    });
  return { stores, userId, send, balance: () => stores.creditLedger.balance(userId) };
}
