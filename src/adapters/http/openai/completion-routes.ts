import * as v from 'valibot';
import { DomainError } from '../../../domain/errors.js';
import type { SendMessageInput } from '../../../domain/chat/sent-message.js';
import { count } from '../kit/response-fields.js';
import { authenticatePrograms } from '../kit/authenticate.js';
import { completionRequest } from './completion-request.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { limitPosts } from '../kit/limit-posts.js';
import { presentCompletion } from './present-completion.js';
import { readBody } from '../kit/read-json.js';
import { remainingHeader } from '../kit/remaining-header.js';
import { route } from '../kit/route.js';
import { sendChat, senderOf } from '../chat/send-chat.js';
import { streamCompletion } from './stream-completion.js';

export const listedModelResponse = v.object({
  id: v.string(),
  object: v.literal('model'),
  created: count,
  owned_by: v.string(),
});

export const modelListResponse = v.object({ object: v.literal('list'), data: v.array(listedModelResponse) });

/** What OpenAI's own clients call: the same chat in OpenAI's words, in no conversation; and the models. */
export function completionRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  const limited = limitPosts((c) => core.limits.chat(c.get('caller').user.id));
  route(app, '/v1/chat/completions/', [authenticatePrograms(deps), limited], {
    POST: async (c) => {
      const asked = completionRequest(await readBody(c));
      const { model, message, completionOptions } = asked;
      const input: SendMessageInput = {
        ...senderOf(c, deps),
        message,
        completionOptions,
        conversation: 'none',
        model,
      };
      if (asked.streams) return streamCompletion(c, deps, input, asked);
      const sent = await sendChat(c, core, input);
      remainingHeader(c, sent.balance);
      return c.json(presentCompletion(sent, completionOptions));
    },
  });

  route(app, '/v1/models/', [authenticatePrograms(deps)], {
    GET: (c) => c.json({ object: 'list', data: core.chat.models().map(({ name }) => presentModel(name)) }),
  });

  // A name may have slashes in it, encoded or not; one at its beginning has to be.
  route(app, '/v1/models/:name{[^/].*}/', [authenticatePrograms(deps)], {
    GET: (c) => {
      const model = core.chat.models().find(({ name }) => name === c.req.param('name'));
      if (model === undefined) throw new DomainError('model_not_found', 'There is no model of this name.');
      return c.json(presentModel(model.name));
    },
  });
}

/** When a model was made nobody here knows. */
function presentModel(name: string): v.InferOutput<typeof listedModelResponse> {
  return { id: name, object: 'model', created: 0, owned_by: 'metered-chat' };
}
