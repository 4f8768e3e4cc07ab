import * as v from 'valibot';
import { entryKinds, type Entry } from '../../../domain/ledger/entry.js';
import { chatAction } from '../../../domain/metering/hold.js';
import { defineAccountList } from '../kit/account-list.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count, id, time, whole } from '../kit/response-fields.js';

export const entryResponse = namedSchema(
  'Entry',
  v.object({
    id,
    kind: v.picklist(entryKinds),
    amount: whole,
    balance_after: count,
    chat_id: v.nullable(id),
    hold_id: v.nullable(id),
    action: v.nullable(v.string()),
    units: v.nullable(count),
    details: v.nullable(v.record(v.string(), v.unknown())),
    reason: v.nullable(v.string()),
    created_at: time,
  }),
);

export const listEntries = defineAccountList({
  path: '/api/tokens/entries/',
  id: 'listEntries',
  tag: 'Tokens',
  summary: 'List the ledger entries of the account',
  item: entryResponse,
  read: (core, request, page) => core.ledger.entries(request, page),
  present: presentEntry,
});

/** Returns a ledger entry as the API shows it. */
export function presentEntry(entry: Entry): v.InferOutput<typeof entryResponse> {
  return {
    id: entry.id,
    kind: entry.kind,
    amount: entry.amount,
    balance_after: entry.balanceAfter,
    ...holdOf(entry),
    reason: entry.reason,
    created_at: entry.createdAt.toISOString(),
  };
}

/** The hold of a chat is its exchange. */
function holdOf({ exchangeId, action, units, details }: Entry) {
  const isChat = action === null || action === chatAction;
  return { chat_id: isChat ? exchangeId : null, hold_id: isChat ? null : exchangeId, action, units, details };
}
