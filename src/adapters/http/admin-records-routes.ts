import * as v from 'valibot';
import { auditActions } from '../../domain/audit/audit-event.js';
import { exchangeStatuses, type Exchange } from '../../domain/chat/exchange.js';
import { entryKinds, type Entry } from '../../domain/ledger/entry.js';
import type { PageRequest } from '../../domain/page.js';
import type { Named, NamedAuditEvent } from '../../ports/record-search.js';
import { id } from './answer-fields.js';
import { answerList } from './answer-list.js';
import type { HttpApp, HttpNeeds } from './context.js';
import { idParameter } from './id-parameter.js';
import { entryAnswer, presentEntry } from './ledger-routes.js';
import { onlyAdmins } from './only-admins.js';
import { idCursors } from './paging.js';
import { exchangeAnswer, presentExchange, usageAnswer } from './present-chat.js';
import { eventAnswer, presentEvent } from './present-event.js';
import { oneOf, rangeOf, timeRange, userReference } from './query-fields.js';
import { route } from './route.js';

export const chatQuery = v.object({
  user: userReference,
  status: v.optional(oneOf(exchangeStatuses)),
  model: v.optional(v.string()),
  text: v.optional(v.string()),
  ...timeRange,
});

export const entryQuery = v.object({
  user: userReference,
  kind: v.optional(oneOf(entryKinds)),
  ...timeRange,
});

export const auditQuery = v.object({
  action: v.optional(oneOf(auditActions)),
  actor: userReference,
  subject: userReference,
  ...timeRange,
});

export const namedExchangeAnswer = v.object({
  ...exchangeAnswer.entries,
  user_id: id,
  username: v.nullable(v.string()),
  usage: usageAnswer,
});

export const namedEntryAnswer = v.object({
  ...entryAnswer.entries,
  user_id: id,
  username: v.nullable(v.string()),
});

export const namedEventAnswer = v.object({
  ...eventAnswer.entries,
  actor_username: v.nullable(v.string()),
  user_id: v.nullable(id),
  username: v.nullable(v.string()),
});

/** What is on record of all accounts: every exchange, the whole ledger, and who did what. */
export function adminRecordsRoutes(app: HttpApp, needs: HttpNeeds): void {
  const { core } = needs;

  route(app, '/api/admin/chats/', onlyAdmins(needs), {
    GET: (c) =>
      answerList(c, chatQuery, ({ user = null, status = null, model = null, text = null, ...asked }) => ({
        name: 'chats',
        read: (page: PageRequest) =>
          core.admin.exchanges({ user, status, model, text, ...rangeOf(asked) }, page),
        cursors: idCursors,
        present: presentNamedExchange,
        columns: [
          ...['id', 'created_at', 'user_id', 'username', 'conversation_id', 'model', 'status'],
          ...['tokens_charged', 'message', 'response'],
        ],
      })),
  });

  route(app, '/api/admin/chats/:id/', onlyAdmins(needs), {
    GET: async (c) => c.json(presentNamedExchange(await core.admin.exchange(idParameter(c)))),
  });

  route(app, '/api/admin/entries/', onlyAdmins(needs), {
    GET: (c) =>
      answerList(c, entryQuery, ({ user = null, kind = null, ...asked }) => ({
        name: 'entries',
        read: (page: PageRequest) => core.admin.entries({ user, kind, ...rangeOf(asked) }, page),
        cursors: idCursors,
        present: presentNamedEntry,
        columns: [
          ...[
            'id',
            'created_at',
            'user_id',
            'username',
            'kind',
            'amount',
            'balance_after',
            'chat_id',
            'reason',
          ],
        ],
      })),
  });

  route(app, '/api/admin/audit/', onlyAdmins(needs), {
    GET: (c) =>
      answerList(c, auditQuery, ({ action = null, actor = null, subject = null, ...asked }) => ({
        name: 'audit',
        read: (page: PageRequest) =>
          core.admin.auditEvents({ action, actor, subject, ...rangeOf(asked) }, page),
        cursors: idCursors,
        present: presentNamedEvent,
        columns: [
          ...['id', 'created_at', 'action', 'actor_id', 'actor_username', 'user_id', 'username'],
          ...['subject_id', 'address', 'user_agent'],
        ],
      })),
  });
}

function presentNamedExchange(exchange: Named<Exchange>): v.InferOutput<typeof namedExchangeAnswer> {
  const { userId, username, usage } = exchange;
  return {
    ...presentExchange(exchange),
    user_id: userId,
    username,
    usage: usage === null ? null : { input_tokens: usage.input, output_tokens: usage.output },
  };
}

function presentNamedEntry(entry: Named<Entry>): v.InferOutput<typeof namedEntryAnswer> {
  return { ...presentEntry(entry), user_id: entry.userId, username: entry.username };
}

function presentNamedEvent(event: NamedAuditEvent): v.InferOutput<typeof namedEventAnswer> {
  return {
    ...presentEvent(event),
    actor_username: event.actorUsername,
    user_id: event.userId,
    username: event.username,
  };
}
