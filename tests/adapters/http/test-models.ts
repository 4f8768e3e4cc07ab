import type { ModelOffer } from '../../../src/domain/chat/model-offer.js';
import type { ReplyChunk, ReplyRequest } from '../../../src/ports/ai-model.js';
import { testOffer } from '../../domain/chat/test-offer.js';

/** A model that records its requests. */
export interface TestModel extends ModelOffer {
  requests: ReplyRequest[];
}

/** Creates a model with the given reply function. */
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

/** Creates a model that yields these chunks. */
export function modelYielding(...chunks: ReplyChunk[]): TestModel {
  return modelThat(async function* () {
    await Promise.resolve();
    yield* chunks;
  });
}

export const text = (words: string): ReplyChunk => ({ type: 'text', text: words });
export const finish: ReplyChunk = { type: 'finish', reason: 'stop', usage: null };

/** Creates a model that sends `before`, waits for `letGo()` or for its reader to disconnect, then sends `after` and finishes. */
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
  /** Whether everything in `before` was read. */
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
