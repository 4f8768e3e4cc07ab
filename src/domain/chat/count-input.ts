import type { ApiKeyCaller } from '../auth/caller.js';
import { DomainError } from '../errors.js';
import { estimateInput } from '../metering/usage.js';
import { throwIfFeatureUnsupported } from './completion-options.js';
import type { CompletionOptions } from './message.js';
import { chainForKey, offersForKey, type ModelOffers } from './model-offer.js';

/**
 * A request of which the input is counted, as it would be sent.
 *
 * @example
 * ```ts
 * const request: CountInputRequest = {
 *   model: 'echo',
 *   apiKey: null,
 *   completionOptions: {
 *     messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] }],
 *     maxOutputTokens: null,
 *     sampling: {},
 *     tools: [],
 *     toolChoice: null,
 *   },
 * };
 * const count = core.chat.countInput(request);
 * ```
 */
export interface CountInputRequest {
  /** The name of a model. */
  model: string;
  /** The API key by which the account calls; null for none. */
  apiKey: Pick<ApiKeyCaller, 'models'> | null;
  completionOptions: CompletionOptions;
}

/**
 * Returns how many tokens the messages, tools and output format of a request have, by the estimate that prices by usage fall back on. The
 * model is not asked, and nothing is charged.
 *
 * @throws DomainError `model_not_found`, `model_not_allowed` or `unsupported_parameter`.
 */
export function countInput(
  { models }: { models: ModelOffers },
  { model, apiKey, completionOptions }: CountInputRequest,
): number {
  const chain = chainForKey(models, model, apiKey);
  if (chain === null) throw new DomainError('model_not_found', 'There is no model of this name.');
  const others = () => offersForKey(models, apiKey);
  throwIfFeatureUnsupported({ offer: chain[0], others }, completionOptions);
  return estimateInput(completionOptions.messages, Infinity, completionOptions);
}
