import { stopwatch } from '../../../stopwatch.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelOffer } from '../../../../src/domain/chat/model-offer.js';
import { offerOf, secretKey } from '../../ai/asked.js';
import {
  respondsWithHtml,
  respondsWithStatus,
  misbehavingProvider,
  sendsNothing,
  sends,
  sendsForEver,
  sendsThenCuts,
  sendsThenStalls,
  type Behaviour,
  type MisbehavingProvider,
} from '../../ai/misbehaving-provider.js';
import { wireFormats, type WireFormat } from '../../ai/wire-formats.js';
import type { OpenedEngine } from '../api-suites.js';
import { deltaText, openStream, stream, type ReceivedEvent } from '../events.js';
import { balance, chat, exchanges, newAccount, until, type TestResponse } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

/** Short enough for a test to wait. Not for failures, because the first call has to load the SDK. */
const deadlines = { firstChunkTimeoutMs: 150, idleTimeoutMs: 150, totalTimeoutMs: 300, maxReplyChars: 1e9 };
const refusedUrl = 'http://127.0.0.1:1/v1';
const unknownHostUrl = 'http://no-such-host.invalid/v1';

const statusesOf = { provider_failed: 502, provider_timeout: 504, provider_busy: 429 };

interface Row {
  failure: string;
  /** A URL without a provider. */
  at?: string;
  behaviour?: Behaviour;
  code: keyof typeof statusesOf;
  /** Whether the provider sends some text before. */
  text?: true;
}

function rowsFor(wire: WireFormat, statuses: readonly number[]): Row[] {
  const { start, error } = wire;
  const half = start + wire.text('Half a');
  const failed = { code: 'provider_failed' } as const;
  const late = { code: 'provider_timeout' } as const;
  return [
    { failure: 'refuses the connection', at: refusedUrl, ...failed },
    { failure: 'has an unknown host', at: unknownHostUrl, ...failed },
    ...statuses.map((status) => ({
      failure: `responds with ${status}`,
      behaviour: respondsWithStatus(status),
      code: status === 429 ? ('provider_busy' as const) : failed.code,
    })),
    { failure: 'sends HTML', behaviour: respondsWithHtml, ...failed },
    { failure: 'sends broken JSON', behaviour: sends(start, 'data: {"choices": [\n\n'), ...failed },
    { failure: 'breaks its JSON later', behaviour: sends(half, 'data: {"type"\n\n'), ...failed, text: true },
    { failure: 'sends an error', behaviour: sends(half, error, wire.finish('stop')), ...failed, text: true },
    { failure: 'is cut off before its first byte', behaviour: sendsThenCuts(), ...failed },
    { failure: 'is cut off', behaviour: sendsThenCuts(half), ...failed, text: true },
    { failure: 'does not finish', behaviour: sends(half), ...failed, text: true },
    { failure: 'sends nothing', behaviour: sends(), ...failed },
    { failure: 'sends no headers', behaviour: sendsNothing, ...late },
    { failure: 'sends no first byte', behaviour: sendsThenStalls(), ...late },
    { failure: 'sends no first chunk', behaviour: sendsThenStalls(start), ...late },
    { failure: 'stalls', behaviour: sendsThenStalls(half), ...late, text: true },
    {
      failure: 'sends slowly for ever',
      behaviour: sendsForEver(half, wire.text('.'), 20),
      ...late,
      text: true,
    },
    { failure: 'never ends', behaviour: sendsForEver(half, wire.text('.')), ...late, text: true },
  ];
}

type Sent = TestResponse & { events: ReceivedEvent[] };

const forms = {
  plain: async (api: TestApi, auth: string): Promise<Sent> => ({
    ...(await chat(api, auth, 'Hi')),
    events: [],
  }),
  streamed: (api: TestApi, auth: string): Promise<Sent> => stream(api, auth, 'Hi'),
};
type Form = keyof typeof forms;

/** How much of the table is tested. */
interface TableFigures {
  formats: readonly WireFormat[];
  statuses: readonly number[];
  offsetStep: number;
}

/** Tests of failing providers through the whole path from their sockets to the client. */
export function providerTable(engine: OpenedEngine, { formats, statuses, offsetStep }: TableFigures): void {
  let provider: MisbehavingProvider;
  let second: MisbehavingProvider;
  beforeAll(async () => {
    [provider, second] = [await misbehavingProvider(), await misbehavingProvider()];
  });
  afterAll(() => Promise.all([provider.stop(), second.stop()]));

  const opened = async (...models: [ModelOffer, ...ModelOffer[]]) => {
    const api = testApi(engine(), { models });
    const { auth } = await newAccount(api);
    const state = async () => ({ ...(await balance(api, auth)), last: (await exchanges(api, auth))[0] });
    return { api, auth, state };
  };
  const socketsClose = () => until(() => provider.openSockets() + second.openSockets() === 0);

  describe.each(formats)('a provider with the format of $provider', (wire) => {
    const whole = (usage?: { input: unknown; output: unknown }) =>
      sends(wire.start, wire.text('Hello'), wire.finish('stop', usage));
    const half = wire.start + wire.text('Half a');

    describe.each(['plain', 'streamed'] as const)('with a %s reply', (form) => {
      test.each(rowsFor(wire, statuses))(
        'that $failure: nothing charged',
        async ({ at, behaviour, code, text }) => {
          provider.behave(behaviour ?? sendsNothing);
          const { api, auth, state } = await opened(
            offerOf(wire, at ?? provider.url, code === 'provider_timeout' ? deadlines : {}),
          );
          const linesBefore = engine().logLines.length;
          const sinceSending = stopwatch();
          const sent = await forms[form](api, auth);
          expect(sinceSending()).toBeLessThan(deadlines.totalTimeoutMs + 1000);
          expectFailure(form, sent, code, text === true);
          const response: unknown = text === true ? expect.stringMatching(/^Half a/) : null;
          const last = { status: 'failed', tokens_charged: 0, response, incomplete: text === true };
          expect(await state()).toMatchObject({ tokens: 4000, held: 0, last });
          expectNothingPrivate(sent, engine().logLines.slice(linesBefore));
          const sinceFailing = stopwatch();
          await socketsClose();
          expect(sinceFailing()).toBeLessThan(1000);
        },
      );

      test('in chunks that are split anywhere: the text is exact', async () => {
        const words = 'é 漢 🦉 \u2028 "usage" \\ end';
        const sent = wire.start + wire.text(words) + wire.finish('stop', { input: 3, output: 4 });
        const bytes = Buffer.from(sent);
        const { api, auth } = await opened(offerOf(wire, provider.url, { price: { perMessage: 0 } }));
        for (let offset = 1; offset < bytes.length; offset += offsetStep) {
          provider.behave(sends(bytes.subarray(0, offset), bytes.subarray(offset)));
          const { status, body, events } = await forms[form](api, auth);
          expect(status, `${offset}`).toBe(200);
          expect(form === 'plain' ? body['response'] : deltaText(events), `${offset}`).toBe(words);
        }
      });

      const byUsage = {
        price: { per1kInput: 300, per1kOutput: 1500 },
        ...{ contextTokens: 1000, maxOutputTokens: 100 },
      };
      test.each([
        { usage: { input: 11, output: 7 }, charge: 14 },
        // Instead of an implausible count, the last plausible one applies; without one, 1 token for the message and 2 for the reply.
        { usage: { input: 0, output: 0 }, charge: wire.reportsAtStart ? 3 : 4 },
        { usage: { input: -5, output: 2 }, charge: wire.reportsAtStart ? 5 : 4 },
        // No more than the model reads, and writes: the rest of the first is taken from the balance.
        { usage: { input: 1e300, output: 1 }, charge: 302 },
        { usage: { input: 3, output: Number.MAX_SAFE_INTEGER }, charge: 151 },
      ])('with a price by usage: of 158 held, $charge are charged for $usage', async ({ usage, charge }) => {
        provider.behave(whole(usage));
        const { api, auth, state } = await opened(offerOf(wire, provider.url, byUsage));
        expect((await forms[form](api, auth)).status).toBe(200);
        const last = { status: 'completed', tokens_charged: charge };
        expect(await state()).toMatchObject({ tokens: 4000 - charge, held: 0, last });
      });

      test.each([{ usage: undefined }, { usage: { input: 'x', output: 'y' } }])(
        'with the usage $usage: it is estimated, up to the hold',
        async ({ usage }) => {
          let finish: () => void = () => undefined;
          const finished = new Promise<void>((resolve) => (finish = resolve));
          provider.behave(async (response) => {
            await sendsThenStalls(half)(response);
            await finished;
            response.end(wire.finish('stop', usage));
          });
          const { api, auth, state } = await opened(offerOf(wire, provider.url, byUsage));
          const response = forms[form](api, auth);
          await until(() => provider.requests.length === 1);
          expect(await state()).toMatchObject({ tokens: 3842, held: 158, last: { status: 'pending' } });
          finish();
          expect((await response).status).toBe(200);
          // One token for the message, two for the six characters of the reply: 3,300 thousandths; or what the start reported.
          expect(await state()).toMatchObject({ tokens: wire.reportsAtStart ? 3997 : 3996, held: 0 });
        },
      );

      test.each([
        { failure: 'cut off', first: sendsThenCuts(), calls: 2 },
        { failure: 'overloaded', first: respondsWithStatus(503), calls: 2 },
        { failure: 'busy for a minute', first: respondsWithStatus(429, { 'Retry-After': '60' }), calls: 1 },
        { failure: 'rejecting the key', first: respondsWithStatus(401), calls: 1 },
      ])(
        'that is $failure: called $calls times, then its fallback is charged once',
        async ({ first, calls }) => {
          provider.behave(first);
          second.behave(whole({ input: 1000, output: 1 }));
          const price = { per1kInput: 7, per1kOutput: 0 };
          const { api, auth, state } = await opened(
            offerOf(wire, provider.url, { name: 'first', fallback: 'second', retries: 1 }),
            offerOf(wire, second.url, { name: 'second', price }),
          );
          const { status, body, events } = await forms[form](api, auth);
          const reply = form === 'plain' ? body : events.at(-1)?.data;
          expect([status, reply?.['model'], reply?.['tokens_charged']]).toEqual([200, 'second', 7]);
          expect([provider.requests.length, second.requests.length]).toEqual([calls, 1]);
          expect(await state()).toMatchObject({ tokens: 3993, held: 0, last: { model: 'second' } });
        },
      );

      test('that is busy for a minute, without a fallback: 429 with Retry-After', async () => {
        provider.behave(respondsWithStatus(429, { 'Retry-After': '60' }));
        const { api, auth } = await opened(offerOf(wire, provider.url, { retries: 1 }));
        const sent = await forms[form](api, auth);
        expect([sent.status, sent.headers.get('Retry-After')]).toEqual([429, '60']);
        expect(provider.requests).toHaveLength(1);
      });

      test('in ten thousand chunks: the text is whole, and nothing is charged above the maximum length', async () => {
        const chunks = Array<string>(10_000).fill(wire.text('é')).join('');
        provider.behave(sends(wire.start, chunks, wire.finish('stop', { input: 1, output: 1 })));
        const { api, auth } = await opened(offerOf(wire, provider.url, { maxReplyChars: 10_000 }));
        const { status, body, events } = await forms[form](api, auth);
        expect(status).toBe(200);
        expect(form === 'plain' ? body['response'] : deltaText(events)).toBe('é'.repeat(10_000));
        const shorter = await opened(offerOf(wire, provider.url, { maxReplyChars: 9999 }));
        expectFailure(form, await forms[form](shorter.api, shorter.auth), 'provider_failed', true);
        expect(await shorter.state()).toMatchObject({ tokens: 4000, held: 0, last: { status: 'failed' } });
        await socketsClose();
      });

      test('that fails after its first chunk: no fallback is called', async () => {
        provider.behave(sendsThenCuts(half));
        second.behave(whole());
        const { api, auth, state } = await opened(
          offerOf(wire, provider.url, { name: 'first', fallback: 'second', retries: 1 }),
          offerOf(wire, second.url, { name: 'second' }),
        );
        expectFailure(form, await forms[form](api, auth), 'provider_failed', true);
        expect([provider.requests.length, second.requests.length]).toEqual([1, 0]);
        expect(await state()).toMatchObject({ tokens: 4000, held: 0 });
      });

      test.each([
        { where: 'before any text', behaviour: sendsNothing, charge: 0 },
        { where: 'after some text', behaviour: sendsThenStalls(half), charge: 100 },
      ])('whose client disconnects $where: the connection closes, $charge charged', async (departure) => {
        provider.behave(departure.behaviour);
        const { offer, hasSentChunk } = watched(offerOf(wire, provider.url));
        const { api, auth, state } = await opened(offer);
        const client = new AbortController();
        const parts = { signal: client.signal };
        const read = (response: Response) => response.text();
        const sent =
          form === 'plain' ? chat(api, auth, 'Hi', parts) : openStream(api, auth, 'Hi', parts).then(read);
        const ignored = sent.catch(() => undefined);
        await until(() => provider.requests.length === 1);
        if (departure.charge > 0) await until(hasSentChunk);
        const sinceDisconnect = stopwatch();
        client.abort();
        await socketsClose();
        expect(sinceDisconnect()).toBeLessThan(1000);
        await ignored;
        await until(async () => (await state()).last?.['status'] === 'cancelled');
        expect(await state()).toMatchObject({ tokens: 4000 - departure.charge, held: 0 });
      });
    });
  });
}

/** The fast suite tests one format: all of them would take too long. */
export function providerTableSuite(engine: OpenedEngine): void {
  providerTable(engine, { formats: wireFormats.slice(0, 1), statuses: [401, 429], offsetStep: 97 });
}

/** Wraps an offer to observe whether its model has sent a chunk. */
function watched(offer: ModelOffer): { offer: ModelOffer; hasSentChunk: () => boolean } {
  let chunks = 0;
  const model: ModelOffer['model'] = {
    ...offer.model,
    async *reply(request) {
      for await (const chunk of offer.model.reply(request)) {
        chunks += 1;
        yield chunk;
      }
    },
  };
  return { offer: { ...offer, model }, hasSentChunk: () => chunks > 0 };
}

function expectFailure(form: Form, { status, body, events }: Sent, code: Row['code'], text: boolean): void {
  const plainStatus = statusesOf[code];
  if (form === 'plain' || !text) {
    expect([status, body['code']]).toEqual([plainStatus, code]);
    return;
  }
  expect([status, events[0]?.event, events.at(-1)?.event]).toEqual([200, 'delta', 'error']);
  expect(events.at(-1)?.data).toMatchObject({ code, status: plainStatus });
}

function expectNothingPrivate({ text, headers }: Sent, logLines: readonly string[]): void {
  const output = [text, ...[...headers].flat(), ...logLines].join('\n');
  expect(output).not.toContain(secretKey);
  expect(output).not.toContain('a private reason');
}
