import * as v from 'valibot';
import { DomainError } from '../../../domain/errors.js';
import { authenticatePrograms } from '../kit/authenticate.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { count } from '../kit/response-fields.js';
import { route } from '../kit/route.js';

export const listedModelResponse = v.object({
  id: v.string(),
  object: v.literal('model'),
  created: count,
  owned_by: v.string(),
});

export const modelListResponse = v.object({ object: v.literal('list'), data: v.array(listedModelResponse) });

/** Registers the routes that list the models and read one, in the format of OpenAI's API. */
export function openAiModelRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  route(app, '/v1/models/', [authenticatePrograms(deps)], {
    GET: (c) => c.json({ object: 'list', data: core.chat.models().map(({ name }) => presentModel(name)) }),
  });

  // A name can contain slashes, encoded or not. A slash at its start must be encoded.
  route(app, '/v1/models/:name{[^/].*}/', [authenticatePrograms(deps)], {
    GET: (c) => {
      const model = core.chat.models().find(({ name }) => name === c.req.param('name'));
      if (model === undefined) throw new DomainError('model_not_found', 'There is no model of this name.');
      return c.json(presentModel(model.name));
    },
  });
}

/** `created` is always 0: the date of a model is not known. */
function presentModel(name: string): v.InferOutput<typeof listedModelResponse> {
  return { id: name, object: 'model', created: 0, owned_by: 'metered-chat' };
}
