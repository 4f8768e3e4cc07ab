import type { OfferChain } from '../../../../src/domain/chat/model-offer.js';
import { relayReply, type RelayedReply } from '../../../../src/domain/chat/model-call/relay-reply.js';
import type { ReplyChunk, ReplyRequest } from '../../../../src/ports/ai-model.js';
import { manualClock } from '../manual-clock.js';
import { testOffer } from '../test-offer.js';

export const say = (words: string): ReplyChunk => ({ type: 'text', text: words });
export const finish: ReplyChunk = { type: 'finish', reason: 'stop', usage: null };

/** A promise that is never settled. */
export const never = new Promise<never>(() => undefined);

type Terms = Parameters<typeof testOffer>[1];

/** An offer whose model follows a script: one attempt for each request, the last one for all further requests. */
export function scripted(
  terms: Terms,
  ...attempts: ((request: ReplyRequest) => AsyncIterable<ReplyChunk>)[]
) {
  const requests: ReplyRequest[] = [];
  const offer = testOffer(
    {
      reply(request) {
        requests.push(request);
        const attempt = attempts[Math.min(requests.length, attempts.length) - 1];
        if (attempt === undefined) throw new TypeError('The script is empty.');
        return attempt(request);
      },
    },
    terms,
  );
  return Object.assign(offer, { requests });
}

/** Yields these chunks and ends. */
export function yields(...chunks: ReplyChunk[]) {
  return async function* () {
    await Promise.resolve();
    yield* chunks;
  };
}

/** Yields these chunks and then hangs, ignoring its signal. */
export function hangsAfter(...chunks: ReplyChunk[]) {
  return async function* () {
    yield* chunks;
    await never;
  };
}

/** Yields these chunks and then throws. */
export function throwsAfter(error: unknown, ...chunks: ReplyChunk[]) {
  return async function* () {
    await Promise.resolve();
    yield* chunks;
    throw error;
  };
}

/** Relays a reply, with a clock that the test moves by hand. */
export function relay(chain: OfferChain, asked: Partial<ReplyRequest> = {}) {
  const clock = manualClock();
  const reader = new AbortController();
  const request: ReplyRequest = {
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
    maxOutputTokens: null,
    sampling: {},
    tools: [],
    toolChoice: null,
    signal: reader.signal,
    ...asked,
  };
  const reply = relayReply({ clock, onStarted: () => undefined }, chain, request);
  const chunks: ReplyChunk[] = [];
  const state: { ended: RelayedReply | null } = { ended: null };
  const read = async () => {
    for await (const chunk of reply) {
      if (chunk.type === 'end') state.ended = chunk.reply;
      else chunks.push(chunk);
    }
    if (state.ended === null) throw new TypeError('The reply has no end.');
    return state.ended;
  };
  return { clock, reader, request, reply, read, chunks, state };
}

/** Returns the text of chunks. */
export function textOf(chunks: readonly ReplyChunk[]): string {
  return chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : '')).join('');
}
