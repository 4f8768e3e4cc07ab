import type { OfferChain } from '../../../src/domain/chat/offer-chain.js';
import { relayReply, type RelayedReply } from '../../../src/domain/chat/relay-reply.js';
import type { ReplyPiece, ReplyRequest } from '../../../src/ports/ai-model.js';
import { manualClock } from './manual-clock.js';
import { testOffer } from './test-offer.js';

export const say = (words: string): ReplyPiece => ({ type: 'text', text: words });
export const finish: ReplyPiece = { type: 'finish', reason: 'stop', usage: null };

/** A promise that nobody keeps. */
export const never = new Promise<never>(() => undefined);

type Terms = Parameters<typeof testOffer>[1];

/** An offer whose model does one thing after another, one for each time that it is asked; the last one for ever. */
export function scripted(
  terms: Terms,
  ...attempts: ((request: ReplyRequest) => AsyncIterable<ReplyPiece>)[]
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

/** Yields these pieces and ends. */
export function yields(...pieces: ReplyPiece[]) {
  return async function* () {
    await Promise.resolve();
    yield* pieces;
  };
}

/** Yields these pieces and then hangs, deaf to its signal. */
export function hangsAfter(...pieces: ReplyPiece[]) {
  return async function* () {
    yield* pieces;
    await never;
  };
}

/** Yields these pieces and then throws. */
export function throwsAfter(error: unknown, ...pieces: ReplyPiece[]) {
  return async function* () {
    await Promise.resolve();
    yield* pieces;
    throw error;
  };
}

/** Reads a reply to its end on a clock moved by hand. */
export function relay(chain: OfferChain, asked: Partial<ReplyRequest> = {}) {
  const clock = manualClock();
  const reader = new AbortController();
  const request: ReplyRequest = {
    messages: [{ role: 'user', text: 'Hi' }],
    maxOutputTokens: null,
    sampling: {},
    tools: [],
    toolChoice: null,
    signal: reader.signal,
    ...asked,
  };
  const reply = relayReply({ clock }, chain, request);
  const pieces: ReplyPiece[] = [];
  const state: { ended: RelayedReply | null } = { ended: null };
  const read = async () => {
    for (;;) {
      const next = await reply.next();
      if (next.done === true) return (state.ended = next.value);
      pieces.push(next.value);
    }
  };
  return { clock, reader, request, reply, read, pieces, state };
}

/** What was passed on of a text. */
export function textOf(pieces: readonly ReplyPiece[]): string {
  return pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
}
