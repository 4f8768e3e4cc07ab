import type { SendMessageInput } from '../../../domain/chat/message.js';
import { commonInput, sendWhole } from '../chat/reply.js';
import { authenticatePrograms } from '../kit/authenticate.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { limitPosts } from '../kit/limit-posts.js';
import { readBody } from '../kit/read-json.js';
import { remainingHeader } from '../kit/remaining-header.js';
import { route } from '../kit/route.js';
import { completionRequest } from './completion-request.js';
import { presentCompletion } from './completion-response.js';
import { streamCompletion } from './completion-stream.js';

/** Registers the chat of OpenAI's API: the same use case as the chat route, in no conversation. */
export function completionRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  const limited = limitPosts((c) => core.limits.chat(c.get('caller').user.id));
  route(app, '/v1/chat/completions/', [authenticatePrograms(deps), limited], {
    POST: async (c) => {
      const request = completionRequest(await readBody(c));
      const { model, message, completionOptions } = request;
      const input: SendMessageInput = {
        ...commonInput(c, deps),
        message,
        completionOptions,
        conversation: 'none',
        model,
      };
      if (request.isStream) return streamCompletion(c, deps, input, request);
      const sent = await sendWhole(c, core, input);
      remainingHeader(c, sent.balance);
      return c.json(presentCompletion(sent, completionOptions));
    },
  });
}
