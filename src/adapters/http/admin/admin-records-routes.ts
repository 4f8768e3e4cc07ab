import * as v from 'valibot';
import { auditActions } from '../../../domain/audit/audit-event.js';
import { exchangeStatuses, type Exchange } from '../../../domain/chat/exchange.js';
import { entryKinds, type Entry } from '../../../domain/ledger/entry.js';
import type { PageRequest } from '../../../domain/page.js';
import type { Named, NamedAuditEvent } from '../../../ports/record-search.js';
import { id } from '../kit/response-fields.js';
import { sendList } from '../kit/send-list.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { idParameter } from '../kit/id-parameter.js';
import { entryResponse, presentEntry } from '../account/ledger-routes.js';
import { onlyAdmins } from '../kit/only-admins.js';
import { idCursors } from '../kit/paging.js';
import { exchangeResponse, presentExchange } from '../chat/history.js';
import { usageResponse } from '../chat/send.js';
import { eventResponse, presentEvent } from './present-event.js';
import { oneOf, rangeOf, timeRange, userReference } from '../kit/query-fields.js';
import { route } from '../kit/route.js';

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

export const namedExchangeResponse = v.object({
  ...exchangeResponse.entries,
  user_id: id,
  username: v.nullable(v.string()),
  usage: usageResponse,
});

export const namedEntryResponse = v.object({
  ...entryResponse.entries,
  user_id: id,
  username: v.nullable(v.string()),
});

export const namedEventResponse = v.object({
  ...eventResponse.entries,
  actor_username: v.nullable(v.string()),
  user_id: v.nullable(id),
  username: v.nullable(v.string()),
});

/** What is on record of all accounts: every exchange, the whole ledger, and who did what. */
export function adminRecordsRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  route(app, '/api/admin/chats/', onlyAdmins(deps), {
    GET: (c) =>
      sendList(c, chatQuery, ({ user = null, status = null, model = null, text = null, ...asked }) => ({
        name: 'chats',
        read: (page: PageRequest) =>
          core.admin.exchanges(
            { caller: c.get('caller'), user, status, model, text, ...rangeOf(asked) },
            page,
          ),
        cursors: idCursors,
        present: presentNamedExchange,
        columns: [
          ...['id', 'created_at', 'user_id', 'username', 'conversation_id', 'model', 'status'],
          ...['tokens_charged', 'message', 'response'],
        ],
      })),
  });

  route(app, '/api/admin/chats/:id/', onlyAdmins(deps), {
    GET: async (c) =>
      c.json(
        presentNamedExchange(
          await core.admin.exchange({ caller: c.get('caller'), exchangeId: idParameter(c) }),
        ),
      ),
  });

  route(app, '/api/admin/entries/', onlyAdmins(deps), {
    GET: (c) =>
      sendList(c, entryQuery, ({ user = null, kind = null, ...asked }) => ({
        name: 'entries',
        read: (page: PageRequest) =>
          core.admin.entries({ caller: c.get('caller'), user, kind, ...rangeOf(asked) }, page),
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

  route(app, '/api/admin/audit/', onlyAdmins(deps), {
    GET: (c) =>
      sendList(c, auditQuery, ({ action = null, actor = null, subject = null, ...asked }) => ({
        name: 'audit',
        read: (page: PageRequest) =>
          core.admin.auditEvents(
            { caller: c.get('caller'), action, actor, subject, ...rangeOf(asked) },
            page,
          ),
        cursors: idCursors,
        present: presentNamedEvent,
        columns: [
          ...['id', 'created_at', 'action', 'actor_id', 'actor_username', 'user_id', 'username'],
          ...['subject_id', 'address', 'user_agent'],
        ],
      })),
  });
}

function presentNamedExchange(exchange: Named<Exchange>): v.InferOutput<typeof namedExchangeResponse> {
  const { userId, username, usage } = exchange;
  return {
    ...presentExchange(exchange),
    user_id: userId,
    username,
    usage: usage === null ? null : { input_tokens: usage.input, output_tokens: usage.output },
  };
}

function presentNamedEntry(entry: Named<Entry>): v.InferOutput<typeof namedEntryResponse> {
  return { ...presentEntry(entry), user_id: entry.userId, username: entry.username };
}

function presentNamedEvent(event: NamedAuditEvent): v.InferOutput<typeof namedEventResponse> {
  return {
    ...presentEvent(event),
    actor_username: event.actorUsername,
    user_id: event.userId,
    username: event.username,
  };
}
