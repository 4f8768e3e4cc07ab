import * as v from 'valibot';
import { DomainError } from '../../domain/errors.js';
import type { SendMessageInput } from '../../domain/chat/sent-message.js';
import { count } from './answer-fields.js';
import { authenticatePrograms } from './authenticate.js';
import { completionRequest } from './completion-request.js';
import type { HttpApp, HttpNeeds } from './context.js';
import { limitPosts } from './limit-posts.js';
import { presentCompletion } from './present-completion.js';
import { readBody } from './read-json.js';
import { remainingHeader } from './remaining-header.js';
import { route } from './route.js';
import { sendChat, senderOf } from './send-chat.js';
import { streamCompletion } from './stream-completion.js';

export const listedModelAnswer = v.object({
  id: v.string(),
  object: v.literal('model'),
  created: count,
  owned_by: v.string(),
});

export const modelListAnswer = v.object({ object: v.literal('list'), data: v.array(listedModelAnswer) });

/** What OpenAI's own clients call: the same chat in OpenAI's words, in no conversation; and the models. */
export function completionRoutes(app: HttpApp, needs: HttpNeeds): void {
  const { core } = needs;

  const limited = limitPosts((c) => core.limits.chat(c.get('caller').user.id));
  route(app, '/v1/chat/completions/', [authenticatePrograms(needs), limited], {
    POST: async (c) => {
      const asked = completionRequest(await readBody(c));
      const { model, message, wishes } = asked;
      const input: SendMessageInput = { ...senderOf(c, needs), message, wishes, conversation: 'none', model };
      if (asked.streams) return streamCompletion(c, needs, input, asked);
      const sent = await sendChat(c, core, input);
      remainingHeader(c, sent.balance);
      return c.json(presentCompletion(sent, wishes));
    },
  });

  route(app, '/v1/models/', [authenticatePrograms(needs)], {
    GET: (c) => c.json({ object: 'list', data: core.chat.models().map(({ name }) => presentModel(name)) }),
  });

  // A name may have slashes in it, encoded or not; one at its beginning has to be.
  route(app, '/v1/models/:name{[^/].*}/', [authenticatePrograms(needs)], {
    GET: (c) => {
      const model = core.chat.models().find(({ name }) => name === c.req.param('name'));
      if (model === undefined) throw new DomainError('model_not_found', 'There is no model of this name.');
      return c.json(presentModel(model.name));
    },
  });
}

/** When a model was made nobody here knows. */
function presentModel(name: string): v.InferOutput<typeof listedModelAnswer> {
  return { id: name, object: 'model', created: 0, owned_by: 'metered-chat' };
}
