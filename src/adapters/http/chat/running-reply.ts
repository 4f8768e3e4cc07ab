import { sendEvents } from '../kit/event-stream.js';
import { defineRoute } from '../kit/define-route.js';
import { reportProblem } from '../kit/report-problem.js';
import { exchangeResponse, presentExchange } from './history.js';
import { abortOnDisconnect, eventsOf } from './reply.js';
import { eventFormat, replyEvents } from './send.js';

export const followReply = defineRoute({
  method: 'GET',
  path: '/api/chat/{id}/stream/',
  id: 'followReply',
  tag: 'Chat',
  summary: 'Follow a reply',
  description:
    'The events of a streamed message, from its beginning: what has come of the reply at once, the rest as it comes. A reply that another server receives comes as a whole once it is complete. Following does not change a reply, and costs nothing.',
  access: 'account',
  responses: { 200: { description: 'The reply as a stream.', json: null, events: replyEvents } },
  problems: ['not_found', 'reply_stopped', 'provider_busy', 'provider_failed', 'provider_timeout'],
  handler: ({ c, core, deps, caller, params }) => {
    const client = abortOnDisconnect(c);
    const request = { caller, userId: caller.user.id, exchangeId: params.id };
    const { stopping } = deps;
    const chunks = core.chat.follow({
      ...request,
      signal: client.signal,
      ...(stopping === undefined ? {} : { stopping }),
    });
    return sendEvents(c, eventsOf(c, chunks, eventFormat), {
      client,
      keepAliveMs: deps.streamKeepAliveMs,
      errorEvents: (error) => {
        const problem = reportProblem(deps.log, error, c.get('requestId'));
        return problem === null ? [] : eventFormat.errorEvents(problem);
      },
    });
  },
});

export const stopReply = defineRoute({
  method: 'POST',
  path: '/api/chat/{id}/stop/',
  id: 'stopReply',
  tag: 'Chat',
  summary: 'Stop a reply',
  description:
    'Ends a reply that is in progress, on whichever server. It is charged as if its client had disconnected: what came is kept. The response is the exchange as it is then; its status is still `pending` if another server has not stopped it within 3 seconds. A reply that has ended does not change.',
  access: 'account',
  responses: { 200: { description: 'The exchange.', json: exchangeResponse } },
  problems: ['not_found'],
  handler: async ({ c, core, caller, params }) => {
    const request = { caller, userId: caller.user.id, exchangeId: params.id };
    return c.json(presentExchange(await core.chat.stop(request)));
  },
});
