import * as v from 'valibot';
import { apiKeyOf } from '../../../domain/auth/caller.js';
import type { OfferedModel } from '../../../domain/chat/model-offer.js';
import { DomainError } from '../../../domain/errors.js';
import {
  anthropicModelList,
  anthropicModelResponse,
  isAnthropicRequest,
  presentAnthropicModel,
  presentAnthropicModels,
} from '../anthropic/models.js';
import { presentPrice, priceResponse } from '../chat/price.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count } from '../kit/response-fields.js';

const modelResponse = namedSchema(
  'CompletionModel',
  v.object({
    id: v.string(),
    object: v.literal('model'),
    created: count,
    owned_by: v.string(),
    price: priceResponse,
  }),
);

const exampleModel = {
  id: 'echo',
  object: 'model',
  created: 0,
  owned_by: 'metered-chat',
  price: { per_message: 100 },
};

export const listCompletionModels = defineRoute({
  method: 'GET',
  path: '/v1/models',
  id: 'listCompletionModels',
  tag: 'OpenAI-compatible',
  summary: 'List the models',
  description:
    'For an API key that is limited to some models, only those. With the header `anthropic-version`, in pages in the format of the Anthropic API (`limit`, `after_id`, `before_id`).',
  access: 'program',
  responses: {
    200: {
      description: 'All models.',
      json: v.union([
        v.object({ object: v.literal('list'), data: v.array(modelResponse) }),
        anthropicModelList,
      ]),
      example: { object: 'list', data: [exampleModel] },
    },
  },
  problems: ['invalid_input'],
  handler: ({ c, core, caller }) => {
    const models = core.chat.models(apiKeyOf(caller));
    if (isAnthropicRequest(c)) return c.json(presentAnthropicModels(c, models));
    return c.json({ object: 'list', data: models.map(presentModel) });
  },
});

export const readCompletionModel = defineRoute({
  method: 'GET',
  path: '/v1/models/{name}',
  // A name can contain slashes, encoded or not. A slash at its start must be encoded.
  pathPatterns: { name: '[^/].*' },
  id: 'readCompletionModel',
  tag: 'OpenAI-compatible',
  summary: 'Read a model',
  access: 'program',
  responses: {
    200: {
      description: 'The model.',
      json: v.union([modelResponse, anthropicModelResponse]),
      example: exampleModel,
    },
  },
  problems: ['model_not_found'],
  handler: ({ c, core, caller, params }) => {
    const model = core.chat.models(apiKeyOf(caller)).find(({ name }) => name === params.name);
    if (model === undefined) throw new DomainError('model_not_found', 'There is no model of this name.');
    return c.json(isAnthropicRequest(c) ? presentAnthropicModel(model) : presentModel(model));
  },
});

/** `created` is always 0: the date of a model is not known. The price is not in OpenAI's API. */
function presentModel({ name, price }: OfferedModel): v.InferOutput<typeof modelResponse> {
  return { id: name, object: 'model', created: 0, owned_by: 'metered-chat', price: presentPrice(price) };
}
