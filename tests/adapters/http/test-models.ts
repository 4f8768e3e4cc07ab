import type { ModelOffer } from '../../../src/domain/chat/model-offer.js';
import type { ReplyChunk, ReplyRequest } from '../../../src/ports/ai-model.js';
import { testOffer } from '../../domain/chat/test-offer.js';

/** A model whose requests are kept. */
export interface TestModel extends ModelOffer {
  requests: ReplyRequest[];
}

/** A model that replies as it is told to. */
export function modelThat(reply: (request: ReplyRequest) => AsyncIterable<ReplyChunk>): TestModel {
  const requests: ReplyRequest[] = [];
  const offer = testOffer({
    reply: (request) => {
      requests.push(request);
      return reply(request);
    },
  });
  return { ...offer, requests };
}

/** A model that yields these pieces, whatever they are. */
export function modelYielding(...chunks: ReplyChunk[]): TestModel {
  return modelThat(async function* () {
    await Promise.resolve();
    yield* chunks;
  });
}

export const text = (words: string): ReplyChunk => ({ type: 'text', text: words });
export const finish: ReplyChunk = { type: 'finish', reason: 'stop', usage: null };

/** A model that says `before`, then waits until it is let go or its reader leaves, then says `after` and finishes. */
export function waitingModel({
  before = [],
  after = [text('At last.')],
}: { before?: ReplyChunk[]; after?: ReplyChunk[] } = {}) {
  const gate = new AbortController();
  const state = { waits: false };
  const model = modelThat(async function* ({ signal }) {
    yield* before;
    state.waits = true;
    await Promise.race([abortion(gate.signal), abortion(signal)]);
    if (signal.aborted) return;
    yield* after;
    yield finish;
  });
  const letGo = () => {
    gate.abort();
  };
  /** Whether all that it says before was taken. */
  const waits = () => state.waits;
  return Object.assign(model, { letGo, waits });
}

/** Resolves when a signal is aborted. */
export function abortion(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}
