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

/**
 * Relays a reply, with a clock that the test moves by hand. With `isSlow`, the reply waits after each chunk for `readChunk`.
 */
export function relay(
  chain: OfferChain,
  asked: Partial<ReplyRequest> = {},
  { isSlow = false }: { isSlow?: boolean } = {},
) {
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
  const chunks: ReplyChunk[] = [];
  const state: { ended: RelayedReply | null } = { ended: null };
  let readChunk: () => void = () => undefined;
  const pass = (chunk: ReplyChunk) => {
    chunks.push(chunk);
    return isSlow ? new Promise<void>((resolve) => (readChunk = resolve)) : undefined;
  };
  const read = async () => {
    state.ended = await relayReply({ clock, onStarted: () => undefined, pass }, chain, request);
    return state.ended;
  };
  return {
    ...{ clock, reader, request, read, chunks, state },
    readChunk: () => {
      readChunk();
    },
  };
}

/** Returns the text of chunks. */
export function textOf(chunks: readonly ReplyChunk[]): string {
  return chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : '')).join('');
}
