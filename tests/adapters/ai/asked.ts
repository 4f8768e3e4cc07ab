import { connectModel, type ModelConnection } from '../../../src/adapters/ai/providers.js';
import type { ModelOffer } from '../../../src/domain/chat/model-offer.js';
import { testOffer } from '../../domain/chat/test-offer.js';
import type { WireFormat } from './wire-formats.js';

/** Must not be in a response, an error or a log. */
export const secretKey = 'sk-a-very-secret-key';

/** Returns the offer of a model of this provider at this address. */
export function offerOf(
  { provider }: Pick<WireFormat, 'provider'>,
  baseUrl: string,
  terms: Partial<ModelOffer> = {},
): ModelOffer {
  const connection: ModelConnection = { provider, baseUrl, apiKey: secretKey, upstream: 'upstream-model' };
  return testOffer(connectModel(connection), terms);
}
