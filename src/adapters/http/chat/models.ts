import * as v from 'valibot';
import { apiKeyOf } from '../../../domain/auth/caller.js';
import { modelCapabilities, type OfferedModel } from '../../../domain/chat/model-offer.js';
import { unitResponse } from '../kit/credit-unit.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { noQuery } from '../kit/query-fields.js';
import { count, wholeListOf } from '../kit/response-fields.js';
import { presentPrice, priceResponse } from './price.js';

export const modelResponse = namedSchema(
  'Model',
  v.object({
    name: v.string(),
    default: v.boolean(),
    price: priceResponse,
    context_tokens: count,
    max_output_tokens: count,
    max_message_chars: count,
    capabilities: v.array(v.picklist(modelCapabilities)),
  }),
);

const modelList = v.object({ ...wholeListOf(modelResponse).entries, unit: unitResponse });

export const listModels = defineRoute({
  method: 'GET',
  path: '/api/models/',
  id: 'listModels',
  tag: 'Chat',
  summary: 'List the available models with their prices',
  description:
    'For an API key that is limited to some models, only those. `max_message_chars` is the longest message of `/api/chat/` in characters (code points).',
  access: 'account',
  query: noQuery,
  responses: {
    200: { description: 'All models, and the unit in which to show their prices.', json: modelList },
  },
  handler: ({ c, core, caller }) => {
    const models = core.chat.models(apiKeyOf(caller));
    return c.json({ results: models.map(presentModel), next: null, unit: core.unit });
  },
});

export function presentModel({
  name,
  isDefault,
  price,
  contextTokens,
  maxOutputTokens,
  maxMessageChars,
  capabilities,
}: OfferedModel): v.InferOutput<typeof modelResponse> {
  return {
    name,
    default: isDefault,
    price: presentPrice(price),
    context_tokens: contextTokens,
    max_output_tokens: maxOutputTokens,
    max_message_chars: maxMessageChars,
    capabilities: [...capabilities],
  };
}
