import type { ModelOffer } from '../../../src/domain/chat/model-offer.js';
import type { AiModel } from '../../../src/ports/ai-model.js';

/** An offer of a model at 100 credits a message, with generous terms. */
export function testOffer(
  model: Pick<AiModel, 'reply'> & Partial<AiModel>,
  terms: Partial<ModelOffer> = {},
): ModelOffer {
  return {
    name: 'echo',
    model: { unsupported: [], ...model },
    price: { perMessage: 100 },
    contextTokens: 1_000_000,
    maxOutputTokens: 100_000,
    system: null,
    firstChunkTimeoutMs: 30_000,
    idleTimeoutMs: 30_000,
    totalTimeoutMs: 300_000,
    maxReplyChars: Number.MAX_SAFE_INTEGER,
    retries: 0,
    fallback: null,
    capabilities: ['images', 'files', 'json', 'tools', 'reasoning'],
    ...terms,
  };
}
