import type { Context } from 'hono';
import * as v from 'valibot';
import type { CreditUnit } from '../../../domain/ledger/credit-unit.js';
import { entryKinds } from '../../../domain/ledger/entry.js';
import type {
  Statement,
  StatementConversation,
  StatementLine,
  StatementLot,
} from '../../../domain/ledger/statement.js';
import { lotKinds } from '../../../domain/metering/lot.js';
import { exampleUnit, unitResponse } from '../kit/credit-unit.js';
import { csvRow } from '../kit/csv.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count, id, time, whole } from '../kit/response-fields.js';
import { formatQuery, respondWithTable } from '../kit/send-list.js';

const statementResponse = namedSchema(
  'Statement',
  v.object({
    month: v.string(),
    unit: unitResponse,
    from: time,
    to: time,
    opening: whole,
    lines: v.array(
      v.object({
        kind: v.picklist(entryKinds),
        action: v.optional(v.string()),
        model: v.optional(v.string()),
        amount: whole,
        count,
      }),
    ),
    closing: whole,
    conversations: v.array(
      v.object({
        conversation_id: v.nullable(id),
        title: v.nullable(v.string()),
        model: v.string(),
        amount: whole,
        count,
      }),
    ),
    lots: v.array(
      v.object({
        id,
        kind: v.picklist(lotKinds),
        amount: count,
        opening: whole,
        received: whole,
        gave: whole,
        expired: whole,
        closing: whole,
        expires_at: v.nullable(time),
        created_at: time,
      }),
    ),
  }),
);

const columns = ['month', 'kind', 'action', 'model', 'count', 'amount'];

/** `?month=` and `?format=`. */
export const statementQuery = v.object({ month: v.optional(v.string()), ...formatQuery });

/** The documented response of a statement. */
export const statementResponses = {
  200: {
    description: 'The statement; with `Accept: text/csv` or `?format=csv`, its sums as CSV.',
    json: statementResponse,
    example: {
      month: '2030-01',
      unit: exampleUnit,
      from: '2030-01-01T00:00:00.000Z',
      to: '2030-02-01T00:00:00.000Z',
      opening: 0,
      lines: [
        { kind: 'grant', amount: 4000, count: 1 },
        { kind: 'charge', action: 'chat', model: 'echo', amount: -300, count: 3 },
      ],
      closing: 3700,
      conversations: [
        { conversation_id: exampleId, title: 'Hello, AI!', model: 'echo', amount: -300, count: 3 },
      ],
      lots: [
        {
          ...{ id: exampleId, kind: 'opening', amount: 4000, opening: 0, received: 4000, gave: 300 },
          ...{ expired: 0, closing: 3700, expires_at: null, created_at: exampleTime },
        },
      ],
    },
    csvExample: csvRow(columns),
  },
};

/** What the document says about a statement. */
export const statementDescription =
  'The sums of the ledger entries of one month by kind, action and model. `opening` plus every `amount` is `closing`; both include what is held. `conversations` are the charges of chats by conversation and model, the dearest first, at most 100: without a conversation `conversation_id` is null, and of an erased one `title`. A month, by default the current one, begins and ends by the time zone of the server (`TIME_ZONE`). For each lot that had tokens in the month, `opening` plus `received` minus `gave` (spent or removed) minus `expired` is `closing`.';

export const readStatement = defineRoute({
  method: 'GET',
  path: '/api/tokens/statement/',
  id: 'readStatement',
  tag: 'Tokens',
  summary: 'Read the statement of a month',
  description: statementDescription,
  access: 'account',
  query: statementQuery,
  responses: statementResponses,
  handler: async ({ c, core, caller, query }) => {
    const request = { caller, userId: caller.user.id, month: query.month ?? null };
    return respondWithStatement(c, query, await core.ledger.statement(request), core.unit);
  },
});

/** Responds with a statement as JSON or CSV. */
export function respondWithStatement(
  c: Context,
  query: v.InferOutput<typeof statementQuery>,
  statement: Statement,
  unit: CreditUnit,
): Response {
  const { month, opening, closing } = statement;
  const lines = statement.lines.map(presentLine);
  const json = {
    ...{ month, unit, from: statement.from.toISOString(), to: statement.to.toISOString() },
    ...{ opening, lines, closing, lots: statement.lots.map(presentLot) },
    conversations: statement.conversations.map(presentConversation),
  } satisfies v.InferOutput<typeof statementResponse>;
  const none = { action: null, model: null, count: null };
  return respondWithTable(c, query, {
    status: 200,
    json,
    name: `statement-${month}`,
    rows: [
      { ...none, month, kind: 'opening', amount: opening },
      ...lines.map((line) => ({ ...none, month, ...line })),
      { ...none, month, kind: 'closing', amount: closing },
    ],
    columns,
    credits: { columns: ['amount'], unit },
  });
}

function presentLine({ kind, action, model, amount, count: entries }: StatementLine) {
  return {
    kind,
    ...(action === null ? {} : { action }),
    ...(model === null ? {} : { model }),
    amount,
    count: entries,
  };
}

function presentConversation({ conversationId, ...conversation }: StatementConversation) {
  const { title, model, amount, count: chats } = conversation;
  return { conversation_id: conversationId, title, model, amount, count: chats };
}

function presentLot(lot: StatementLot) {
  return {
    id: lot.id,
    kind: lot.kind,
    amount: lot.amount,
    opening: lot.opening,
    received: lot.received,
    gave: lot.gave,
    expired: lot.expired,
    closing: lot.closing,
    expires_at: lot.expiresAt?.toISOString() ?? null,
    created_at: lot.createdAt.toISOString(),
  };
}
