import * as v from 'valibot';
import type { SendMessageInput } from '../../../domain/chat/sent-message.js';
import { authenticate } from '../kit/authenticate.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { limitPosts } from '../kit/limit-posts.js';
import { pageRequest, presentPage } from '../kit/paging.js';
import { presentExchange, presentModel, presentSentMessage } from './present-chat.js';
import { noQuery } from '../kit/query-fields.js';
import { readJson } from '../kit/read-json.js';
import { readQuery } from '../kit/read-query.js';
import { route } from '../kit/route.js';
import { sendChat, senderOf } from './send-chat.js';
import { streamChat } from './stream-chat.js';
import { message } from '../kit/body-fields.js';

const uuid = v.pipe(v.string('Must be a text.'), v.uuid('Must be a UUID.'));

export const chat = v.object(
  {
    message,
    conversation_id: v.nullish(uuid),
    model: v.nullish(v.string('Must be a text.')),
    stream: v.nullish(v.boolean('Must be true or false.')),
  },
  'Must be a JSON object.',
);

/** Sending messages, reading what was said, and the models to choose from. */
export function chatRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  const limited = limitPosts((c) => core.limits.chat(c.get('caller').user.id));
  route(app, '/api/chat/', [authenticate(deps), limited], {
    POST: async (c) => {
      const body = await readJson(c, chat);
      const input: SendMessageInput = {
        ...senderOf(c, deps),
        message: body.message,
        completionOptions: null,
        conversation: body.conversation_id == null ? 'new' : { id: body.conversation_id.toLowerCase() },
        model: body.model ?? null,
      };
      if (body.stream ?? takesEvents(c.req.header('Accept'))) return streamChat(c, deps, input);
      return c.json(presentSentMessage(await sendChat(c, core, input)));
    },
    GET: async (c) => {
      const page = await core.chat.exchanges(c.get('caller').user.id, pageRequest(c));
      return c.json(presentPage(page, presentExchange));
    },
  });

  route(app, '/api/models/', [authenticate(deps)], {
    GET: (c) => {
      readQuery(c, noQuery);
      return c.json({ results: core.chat.models().map(presentModel), next: null });
    },
  });
}

/** Whether a client asks for events, whatever else it takes. */
function takesEvents(accept = ''): boolean {
  return accept.split(',').some((range) => /^\s*text\/event-stream\s*(;|$)/i.test(range));
}
