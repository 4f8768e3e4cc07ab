import * as v from 'valibot';
import type { Exchange } from '../../domain/chat/exchange.js';
import type { SentMessage } from '../../domain/chat/send-message.js';
import { authenticate } from './authenticate.js';
import type { HttpApp, HttpNeeds } from './context.js';
import { limitPosts } from './limit-posts.js';
import { pageRequest, presentPage } from './paging.js';
import { ClientLeft, invalidInput } from './problem.js';
import { readJson } from './read-json.js';
import { route } from './route.js';

const uuid = v.pipe(v.string('Must be a text.'), v.uuid('Must be a UUID.'));

const chat = v.object(
  {
    message: v.string('Must be a text.'),
    conversation_id: v.nullish(uuid),
    model: v.nullish(v.string('Must be a text.')),
    stream: v.nullish(v.boolean('Must be true or false.')),
  },
  'Must be a JSON object.',
);

/** Sending messages and reading what was said. */
export function chatRoutes(app: HttpApp, needs: HttpNeeds): void {
  const { core } = needs;

  const limited = limitPosts((c) => core.limits.chat(c.get('caller').user.id));
  route(app, '/api/chat/', [authenticate(needs), limited], {
    POST: async (c) => {
      const body = await readJson(c, chat);
      if (body.stream === true) throw invalidInput({ stream: ['Streaming is not available.'] });
      const { signal } = c.req.raw;
      const sent = await core.chat
        .send({
          userId: c.get('caller').user.id,
          emailVerified: c.get('caller').user.emailVerified,
          message: body.message,
          conversationId: body.conversation_id ?? null,
          model: body.model ?? null,
          idempotencyKey: idempotencyKeyOf(c.req.header('Idempotency-Key')),
          signal,
        })
        .catch((error: unknown) => {
          // The reason of a signal can be anything; Node's server gives a text.
          throw signal.aborted && error === signal.reason ? new ClientLeft() : error;
        });
      if (sent.replayed) c.header('Idempotent-Replayed', 'true');
      return c.json(presentSentMessage(sent));
    },
    GET: async (c) => {
      const page = await core.chat.exchanges(c.get('caller').user.id, pageRequest(c));
      return c.json(presentPage(page, presentExchange));
    },
  });
}

/** The key itself, whether it is sent bare or as the quoted string of a structured field (RFC 8941). */
function idempotencyKeyOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  return /^"((?:[^"\\]|\\["\\])*)"$/.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1') ?? header;
}

function presentSentMessage(sent: SentMessage) {
  return {
    id: sent.exchangeId,
    conversation_id: sent.conversationId,
    response: sent.reply,
    model: sent.model,
    tokens_charged: sent.charged,
    remaining_tokens: sent.balance,
    usage: sent.usage === null ? null : { input_tokens: sent.usage.input, output_tokens: sent.usage.output },
    created_at: sent.createdAt.toISOString(),
  };
}

/** As the API shows it. */
export function presentExchange(exchange: Exchange) {
  return {
    id: exchange.id,
    conversation_id: exchange.conversationId,
    message: exchange.message,
    response: exchange.reply,
    status: exchange.status,
    tokens_charged: exchange.captured ?? 0,
    model: exchange.model,
    created_at: exchange.createdAt.toISOString(),
  };
}
