import type { Context } from 'hono';
import * as v from 'valibot';
import type { OfferedModel } from '../../../domain/chat/model-offer.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';
import { validate } from '../kit/read-body.js';
import { count, time } from '../kit/response-fields.js';

export const anthropicModelResponse = namedSchema(
  'AnthropicModel',
  v.object({
    type: v.literal('model'),
    id: v.string(),
    display_name: v.string(),
    created_at: time,
    max_input_tokens: count,
    max_tokens: count,
  }),
);

export const anthropicModelList = namedSchema(
  'AnthropicModels',
  v.object({
    data: v.array(anthropicModelResponse),
    has_more: v.boolean(),
    first_id: v.nullable(v.string()),
    last_id: v.nullable(v.string()),
  }),
);

/** Returns whether a request is one of Anthropic's clients, which send the version of its API. */
export function isAnthropicRequest(c: Context): boolean {
  return c.req.header('anthropic-version') !== undefined;
}

/** Presents a model in the format of Anthropic's API. When a model was released is not known. */
export function presentAnthropicModel({
  name,
  contextTokens,
  maxOutputTokens,
}: OfferedModel): v.InferOutput<typeof anthropicModelResponse> {
  return {
    type: 'model',
    id: name,
    display_name: name,
    created_at: '1970-01-01T00:00:00Z',
    max_input_tokens: contextTokens,
    max_tokens: maxOutputTokens,
  };
}

const limitMessage = 'Must be an integer from 1 to 1000.';

const pageQuery = v.object({
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,4}$/, limitMessage),
      v.transform(Number),
      v.minValue(1, limitMessage),
      v.maxValue(1000, limitMessage),
    ),
    '20',
  ),
  after_id: v.optional(v.string()),
  before_id: v.optional(v.string()),
});

/**
 * Presents a page of models in the format of Anthropic's API: those after `after_id` or before `before_id`, by default the
 * first 20. Other names of the query have no effect.
 *
 * @throws HttpProblem `invalid_input` for a wrong limit or both ids. An id that is not in the list has no models after or
 * before it.
 */
export function presentAnthropicModels(
  c: Context,
  models: readonly OfferedModel[],
): v.InferOutput<typeof anthropicModelList> {
  const { limit, after_id: after, before_id: before } = validate(pageQuery, c.req.query());
  if (after !== undefined && before !== undefined) {
    throw invalidInput({ before_id: ['Must be absent if after_id is given.'] });
  }
  const indexOf = (id: string) => models.findIndex(({ name }) => name === id);
  const rest =
    after !== undefined
      ? models.slice(indexOf(after) === -1 ? models.length : indexOf(after) + 1)
      : models.slice(0, before === undefined ? models.length : Math.max(0, indexOf(before)));
  const page = before === undefined ? rest.slice(0, limit) : rest.slice(-limit);
  return {
    data: page.map(presentAnthropicModel),
    has_more: rest.length > page.length,
    first_id: page[0]?.name ?? null,
    last_id: page.at(-1)?.name ?? null,
  };
}
