import { stopwatch } from '../../../stopwatch.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelOffer } from '../../../../src/domain/chat/model-offer.js';
import { offerOf, secretKey } from '../../ai/asked.js';
import {
  answersHtml,
  answersStatus,
  misbehavingProvider,
  saysNothing,
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

/** Short enough to be waited for; of no use where a model is to fail, for the first one has to be loaded. */
const deadlines = { firstChunkTimeoutMs: 150, idleTimeoutMs: 150, totalTimeoutMs: 300, maxReplyChars: 1e9 };
const nobody = 'http://127.0.0.1:1/v1';
const noHost = 'http://no-such-host.invalid/v1';

const statusesOf = { provider_failed: 502, provider_timeout: 504, provider_busy: 429 };

interface Row {
  fault: string;
  /** Where there is no provider at all. */
  at?: string;
  behaviour?: Behaviour;
  code: keyof typeof statusesOf;
  /** Whether some text came before. */
  text?: true;
}

function rowsFor(wire: WireFormat, statuses: readonly number[]): Row[] {
  const { start, error } = wire;
  const half = start + wire.text('Half a');
  const failed = { code: 'provider_failed' } as const;
  const late = { code: 'provider_timeout' } as const;
  return [
    { fault: 'is not there', at: nobody, ...failed },
    { fault: 'has no name', at: noHost, ...failed },
    ...statuses.map((status) => ({
      fault: `answers ${status}`,
      behaviour: answersStatus(status),
      code: status === 429 ? ('provider_busy' as const) : failed.code,
    })),
    { fault: 'sends HTML', behaviour: answersHtml, ...failed },
    { fault: 'sends broken JSON', behaviour: sends(start, 'data: {"choices": [\n\n'), ...failed },
    { fault: 'breaks its JSON later', behaviour: sends(half, 'data: {"type"\n\n'), ...failed, text: true },
    { fault: 'sends an error', behaviour: sends(half, error, wire.finish('stop')), ...failed, text: true },
    { fault: 'is cut off before its first byte', behaviour: sendsThenCuts(), ...failed },
    { fault: 'is cut off', behaviour: sendsThenCuts(half), ...failed, text: true },
    { fault: 'does not finish', behaviour: sends(half), ...failed, text: true },
    { fault: 'sends nothing', behaviour: sends(), ...failed },
    { fault: 'sends no headers', behaviour: saysNothing, ...late },
    { fault: 'sends no first byte', behaviour: sendsThenStalls(), ...late },
    { fault: 'sends no first piece', behaviour: sendsThenStalls(start), ...late },
    { fault: 'stalls', behaviour: sendsThenStalls(half), ...late, text: true },
    { fault: 'drips for ever', behaviour: sendsForEver(half, wire.text('.'), 20), ...late, text: true },
    { fault: 'never ends', behaviour: sendsForEver(half, wire.text('.')), ...late, text: true },
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

/** How much of the table is looked at. */
interface TableFigures {
  formats: readonly WireFormat[];
  statuses: readonly number[];
  offsetStep: number;
}

/** A provider's bad days, through everything that there is between it and a client. */
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

  describe.each(formats)('a provider that speaks as $provider', (wire) => {
    const whole = (usage?: { input: unknown; output: unknown }) =>
      sends(wire.start, wire.text('Hello'), wire.finish('stop', usage));
    const half = wire.start + wire.text('Half a');

    describe.each(['plain', 'streamed'] as const)('asked for a %s reply', (form) => {
      test.each(rowsFor(wire, statuses))(
        'and that $fault: nothing charged',
        async ({ at, behaviour, code, text }) => {
          provider.behave(behaviour ?? saysNothing);
          const { api, auth, state } = await opened(
            offerOf(wire, at ?? provider.url, code === 'provider_timeout' ? deadlines : {}),
          );
          const linesBefore = engine().logLines.length;
          const sinceAsking = stopwatch();
          const sent = await forms[form](api, auth);
          expect(sinceAsking()).toBeLessThan(deadlines.totalTimeoutMs + 1000);
          expectFailure(form, sent, code, text === true);
          const response: unknown = text === true ? expect.stringMatching(/^Half a/) : null;
          const last = { status: 'failed', tokens_charged: 0, response, incomplete: text === true };
          expect(await state()).toMatchObject({ tokens: 4000, held: 0, last });
          expectNothingTold(sent, engine().logLines.slice(linesBefore));
          const sinceFailing = stopwatch();
          await socketsClose();
          expect(sinceFailing()).toBeLessThan(1000);
        },
      );

      test('in characters that are cut anywhere: the text is exact', async () => {
        const words = 'é 漢 🦉 \u2028 "usage" \\ end';
        const said = wire.start + wire.text(words) + wire.finish('stop', { input: 3, output: 4 });
        const bytes = Buffer.from(said);
        const { api, auth } = await opened(offerOf(wire, provider.url, { price: { perMessage: 0 } }));
        for (let offset = 1; offset < bytes.length; offset += offsetStep) {
          provider.behave(sends(bytes.subarray(0, offset), bytes.subarray(offset)));
          const { status, body, events } = await forms[form](api, auth);
          expect(status, `${offset}`).toBe(200);
          expect(form === 'plain' ? body['response'] : deltaText(events), `${offset}`).toBe(words);
        }
      });

      const byUsage = { price: { per1kInput: 300, per1kOutput: 1500 }, maxOutputTokens: 100 };
      test.each([
        { usage: { input: 11, output: 7 }, charge: 14 },
        // Counts that are not plausible are estimated: 1 token for the message, 2 for the reply.
        { usage: { input: 0, output: 0 }, charge: 4 },
        { usage: { input: -5, output: 2 }, charge: 4 },
        { usage: { input: 1e300, output: 1 }, charge: 151 },
        { usage: { input: 3, output: Number.MAX_SAFE_INTEGER }, charge: 151 },
      ])('by usage: of 151 held, $charge are charged for $usage', async ({ usage, charge }) => {
        provider.behave(whole(usage));
        const { api, auth, state } = await opened(offerOf(wire, provider.url, byUsage));
        expect((await forms[form](api, auth)).status).toBe(200);
        const last = { status: 'completed', tokens_charged: charge };
        expect(await state()).toMatchObject({ tokens: 4000 - charge, held: 0, last });
      });

      test.each([{ usage: undefined }, { usage: { input: 'x', output: 'y' } }])(
        'by usage that is $usage: it is estimated, within what was held',
        async ({ usage }) => {
          let finish: () => void = () => undefined;
          const isLetGo = new Promise<void>((resolve) => (finish = resolve));
          provider.behave(async (response) => {
            await sendsThenStalls(half)(response);
            await isLetGo;
            response.end(wire.finish('stop', usage));
          });
          const { api, auth, state } = await opened(offerOf(wire, provider.url, byUsage));
          const answer = forms[form](api, auth);
          await until(() => provider.requests.length === 1);
          expect(await state()).toMatchObject({ tokens: 3849, held: 151, last: { status: 'pending' } });
          finish();
          expect((await answer).status).toBe(200);
          // One token for the message, two for the six characters of the reply: 3,300 thousandths.
          expect(await state()).toMatchObject({ tokens: 3996, held: 0 });
        },
      );

      test.each([
        { fault: 'cut off', first: sendsThenCuts(), asked: 2 },
        { fault: 'overloaded', first: answersStatus(503), asked: 2 },
        { fault: 'busy for a minute', first: answersStatus(429, { 'Retry-After': '60' }), asked: 1 },
        { fault: 'wrongly keyed', first: answersStatus(401), asked: 1 },
      ])(
        'that is $fault: asked $asked times, and then its fallback is paid, once',
        async ({ first, asked }) => {
          provider.behave(first);
          second.behave(whole({ input: 1000, output: 1 }));
          const price = { per1kInput: 7, per1kOutput: 0 };
          const { api, auth, state } = await opened(
            offerOf(wire, provider.url, { name: 'first', fallback: 'second', retries: 1 }),
            offerOf(wire, second.url, { name: 'second', price }),
          );
          const { status, body, events } = await forms[form](api, auth);
          const told = form === 'plain' ? body : events.at(-1)?.data;
          expect([status, told?.['model'], told?.['tokens_charged']]).toEqual([200, 'second', 7]);
          expect([provider.requests.length, second.requests.length]).toEqual([asked, 1]);
          expect(await state()).toMatchObject({ tokens: 3993, held: 0, last: { model: 'second' } });
        },
      );

      test('that is busy for a minute, without a fallback: the client is told', async () => {
        provider.behave(answersStatus(429, { 'Retry-After': '60' }));
        const { api, auth } = await opened(offerOf(wire, provider.url, { retries: 1 }));
        const sent = await forms[form](api, auth);
        expect([sent.status, sent.headers.get('Retry-After')]).toEqual([429, '60']);
        expect(provider.requests).toHaveLength(1);
      });

      test('in ten thousand pieces, or more than it may say: the text is whole, or nothing charged', async () => {
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

      test('that fails after its first piece: no fallback is asked', async () => {
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
        { where: 'before any text', behaviour: saysNothing, charge: 0 },
        { where: 'after some text', behaviour: sendsThenStalls(half), charge: 100 },
      ])('and the client leaves $where: the connection closes, $charge charged', async (leaving) => {
        provider.behave(leaving.behaviour);
        const { offer, hasSpoken } = watched(offerOf(wire, provider.url));
        const { api, auth, state } = await opened(offer);
        const client = new AbortController();
        const parts = { signal: client.signal };
        const read = (response: Response) => response.text();
        const sent =
          form === 'plain' ? chat(api, auth, 'Hi', parts) : openStream(api, auth, 'Hi', parts).then(read);
        const ignored = sent.catch(() => undefined);
        await until(() => provider.requests.length === 1);
        if (leaving.charge > 0) await until(hasSpoken);
        const sinceLeaving = stopwatch();
        client.abort();
        await socketsClose();
        expect(sinceLeaving()).toBeLessThan(1000);
        await ignored;
        await until(async () => (await state()).last?.['status'] === 'cancelled');
        expect(await state()).toMatchObject({ tokens: 4000 - leaving.charge, held: 0 });
      });
    });
  });
}

/** Every provider's format once in the fast suite would be too much: the first stands for all. */
export function providerTableSuite(engine: OpenedEngine): void {
  providerTable(engine, { formats: wireFormats.slice(0, 1), statuses: [401, 429], offsetStep: 97 });
}

/** An offer of which can be seen whether its model has said something. */
function watched(offer: ModelOffer): { offer: ModelOffer; hasSpoken: () => boolean } {
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
  return { offer: { ...offer, model }, hasSpoken: () => chunks > 0 };
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

function expectNothingTold({ text, headers }: Sent, logLines: readonly string[]): void {
  const told = [text, ...[...headers].flat(), ...logLines].join('\n');
  expect(told).not.toContain(secretKey);
  expect(told).not.toContain('a private reason');
}
