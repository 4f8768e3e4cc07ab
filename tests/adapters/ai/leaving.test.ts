import { afterAll, describe, expect, test } from 'vitest';
import { relay, textOf } from '../../domain/chat/model-call/relayed.js';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { offerOf } from './asked.js';
import {
  misbehavingProvider,
  sendsNothing,
  sends,
  sendsForEver,
  sendsThenStalls,
  type Behaviour,
} from './misbehaving-provider.js';
import { wireFormats, type WireFormat } from './wire-formats.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

/** When a caller disconnects, and what the provider does at that time. */
interface Leaving {
  when: string;
  behaviour: (wire: WireFormat) => Behaviour;
  /** How much the reader has got by then. */
  chunks: number;
}

const leavings: Leaving[] = [
  { when: 'before headers', behaviour: () => sendsNothing, chunks: 0 },
  { when: 'before the first chunk', behaviour: (wire) => sendsThenStalls(wire.start), chunks: 0 },
  {
    when: 'in the middle',
    behaviour: (wire) => sendsForEver(wire.start + wire.text('Half a'), wire.text('.')),
    chunks: 3,
  },
  {
    when: 'at the end',
    behaviour: (wire) => sends(wire.start, wire.text('Whole.'), wire.finish('stop')),
    chunks: 1,
  },
];

describe.each(wireFormats)('a reader of $provider', (wire) => {
  test.each(leavings)(
    'is stopped by a caller who disconnects $when: its connection is closed within a second',
    async (leaving) => {
      provider.behave(leaving.behaviour(wire));
      await leave(wire, leaving);
      await awaitUntil('the socket closed', 1000, () =>
        Promise.resolve(provider.openSockets() === 0 || null),
      );
    },
  );

  test('is stopped by a caller who disconnects while a chunk waits to be read as well', async () => {
    provider.behave(sendsForEver(wire.start, wire.text('.')));
    const { reader, read, readChunk, chunks } = relay([offerOf(wire, provider.url)], {}, { isSlow: true });
    const ended = read();
    await awaitUntil('the first chunk', 1000, () => Promise.resolve(chunks.length > 0 || null));
    reader.abort();
    readChunk();
    await ended;
    await awaitUntil('the socket closed', 1000, () => Promise.resolve(provider.openSockets() === 0 || null));
  });
});

test('200 callers who disconnect at any time leave no connection open', async () => {
  let left = 0;
  for (const leaving of leavings) {
    for (const wire of [wireFormats[0], wireFormats[2]]) {
      if (wire === undefined) throw new TypeError('There are three formats.');
      provider.behave(leaving.behaviour(wire));
      for (let round = 0; round < 25; round += 5) {
        await Promise.all(Array.from({ length: 5 }, () => leave(wire, leaving)));
        left += 5;
      }
    }
  }
  expect(left).toBe(200);
  await awaitUntil('all sockets closed', 1000, () => Promise.resolve(provider.openSockets() === 0 || null));
}, 60_000);

async function leave(wire: WireFormat, { chunks: enough }: Leaving): Promise<void> {
  const { reader, read, chunks, state } = relay([offerOf(wire, provider.url)]);
  const before = provider.requests.length;
  void read();
  await awaitUntil('the time to leave', 5000, () =>
    Promise.resolve((provider.requests.length > before && chunks.length >= enough) || null),
  );
  reader.abort();
  const ended = await awaitUntil('the end', 1000, () => Promise.resolve(state.ended));
  // A reply may have come to its end just before.
  if (ended.outcome === 'failed') throw ended.error;
  expect(ended.text).toBe(textOf(chunks));
}
