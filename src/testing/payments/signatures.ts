import { expect } from 'expect';
import type { ProviderRequest } from '../../ports/demo-checkout.js';
import type { TestRunner } from '../test-runner.js';
import { codeOf, type PaymentsView } from './view.js';

const minuteMs = 60_000;

/** The headers of signatures that no provider sends. */
const malformedSignatures = [
  '',
  ',',
  '=',
  't',
  't=',
  'v1',
  'v1=',
  't=,v1=',
  't=NaN,v1=00',
  't=-1,v1=00',
  `t=1,v1=${'0'.repeat(64)}`,
  `t=1,v1=${'é'.repeat(64)}`,
  `t=1,v1=${'\u{1F4B8}'.repeat(32)}`,
  `t=1${',v1=00'.repeat(1000)}`,
  `t=9${'9'.repeat(400)},v1=${'0'.repeat(64)}`,
  '__proto__=1,constructor=1',
];

/** Tests of the signatures of events. */
export function signatureTests({ test }: TestRunner, { harness, newOrder }: PaymentsView): void {
  const requestOf = async (): Promise<ProviderRequest> => {
    const order = newOrder();
    await harness().payments.createCheckout(order);
    const request = (await harness().pay(order.orderId)).at(-1);
    if (request === undefined) throw new TypeError('The provider sends no event.');
    return request;
  };
  const read = (rawBody: Uint8Array, headers: Record<string, string>) =>
    codeOf(harness().payments.readEvent(rawBody, headers));
  const signatureHeader = (headers: Record<string, string>) =>
    Object.keys(headers).find((name) => name.includes('signature')) ?? '';

  test('an event without its signature, or with a malformed one, is rejected', async () => {
    const { rawBody, headers } = await requestOf();
    const name = signatureHeader(headers);
    expect(await read(rawBody, {})).toBe('invalid_signature');
    for (const malformed of malformedSignatures)
      expect([malformed, await read(rawBody, { [name]: malformed })]).toEqual([
        malformed,
        'invalid_signature',
      ]);
    expect(await read(rawBody, headers)).toBe('nothing was thrown');
  });

  test('an event is rejected if a byte of it, or of its signature, is another one', async () => {
    const { rawBody, headers } = await requestOf();
    for (const index of [0, 1, Math.floor(rawBody.length / 2), rawBody.length - 1]) {
      const changed = Uint8Array.from(rawBody);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(await read(changed, headers)).toBe('invalid_signature');
    }
    const space = new TextEncoder().encode(' ');
    const mark = Uint8Array.of(0xef, 0xbb, 0xbf);
    for (const around of [
      [rawBody, space],
      [space, rawBody],
      [mark, rawBody],
      [rawBody, Uint8Array.of(0xff)],
      [new Uint8Array()],
    ])
      expect(await read(Buffer.concat(around), headers)).toBe('invalid_signature');
    const name = signatureHeader(headers);
    const signature = headers[name] ?? '';
    const last = signature.at(-1) === '0' ? '1' : '0';
    expect(await read(rawBody, { [name]: signature.slice(0, -1) + last })).toBe('invalid_signature');
  });

  test('the signature of another event is rejected', async () => {
    const [one, other] = [await requestOf(), await requestOf()];
    expect(await read(one.rawBody, other.headers)).toBe('invalid_signature');
  });

  test('an event is accepted for five minutes, and its time cannot be changed', async () => {
    const { rawBody, headers } = await requestOf();
    harness().advance(5 * minuteMs - 1000);
    expect(await read(rawBody, headers)).toBe('nothing was thrown');
    harness().advance(3000);
    expect(await read(rawBody, headers)).toBe('invalid_signature');
    const name = signatureHeader(headers);
    const seconds = Math.floor(harness().now().getTime() / 1000);
    for (const time of [seconds, seconds * 1000]) {
      const later = headers[name]?.replace(/t=\d+/, `t=${time}`) ?? '';
      expect(await read(rawBody, { [name]: later })).toBe('invalid_signature');
      expect(await read(rawBody, { [name]: `${headers[name] ?? ''},t=${time}` })).toBe('invalid_signature');
    }
  });
}
