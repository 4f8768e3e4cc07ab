import * as v from 'valibot';
import type { AccountExport } from '../../../domain/users/export-account.js';
import type { EmailChange } from '../../../domain/users/email-change.js';
import { pendingEmailOf } from '../../../domain/users/pending-email.js';
import type { User } from '../../../domain/users/user.js';
import { count, id, time } from '../kit/response-fields.js';
import { keyResponse, presentKey } from './api-keys.js';
import { entryResponse, presentEntry } from './ledger-routes.js';
import { conversationResponse, presentConversation } from '../chat/conversations.js';
import { exchangeResponse, presentExchange } from '../chat/history.js';
import { eventResponse, presentEvent } from '../admin/audit-event.js';
import { sessionResponse, presentSession } from './session-routes.js';

/** A change of the email that is pending, or that the former address can still cancel. */
const emailChangeResponse = v.object({
  id,
  former_email: v.nullable(v.string()),
  email: v.nullable(v.string()),
  requested_at: time,
  took_effect_at: v.nullable(time),
  cancellable_until: v.nullable(time),
});

/** All of an export but the account itself. */
export const exportedRecords = {
  held: count,
  sessions: v.array(sessionResponse),
  keys: v.array(keyResponse),
  email_changes: v.array(emailChangeResponse),
  entries: v.array(entryResponse),
  conversations: v.array(conversationResponse),
  chats: v.array(exchangeResponse),
  audit: v.array(eventResponse),
};

/** An account's export as one JSON document, in pieces, so that a long history is never whole in memory. */
export async function* exportDocument(
  account: AccountExport,
  presentUser: (user: User, facts: { balance: number; pendingEmail: string | null }) => unknown,
): AsyncIterable<string> {
  const { balance } = account.balance;
  const pendingEmail = pendingEmailOf(account.emailChanges);
  yield `{"account":${JSON.stringify(presentUser(account.user, { balance, pendingEmail }))}`;
  yield `,"held":${account.balance.held}`;
  yield `,"sessions":${JSON.stringify(account.sessions.map((session) => presentSession(session, null)))}`;
  yield `,"keys":${JSON.stringify(account.apiKeys.map(presentKey))}`;
  yield `,"email_changes":${JSON.stringify(account.emailChanges.map(presentEmailChange))}`;
  yield* listed('entries', account.entries, presentEntry);
  yield* listed('conversations', account.conversations, presentConversation);
  yield* listed('chats', account.exchanges, presentExchange);
  yield* listed('audit', account.auditEvents, presentEvent);
  yield '}';
}

function presentEmailChange(change: EmailChange): v.InferOutput<typeof emailChangeResponse> {
  return {
    id: change.id,
    former_email: change.formerEmail,
    email: change.email,
    requested_at: change.requestedAt.toISOString(),
    took_effect_at: change.tookEffectAt?.toISOString() ?? null,
    cancellable_until: change.cancellableUntil?.toISOString() ?? null,
  };
}

async function* listed<Item>(
  name: string,
  items: AsyncIterable<Item>,
  present: (item: Item) => unknown,
): AsyncIterable<string> {
  let separator = `,"${name}":[`;
  for await (const item of items) {
    yield separator + JSON.stringify(present(item));
    separator = ',';
  }
  yield separator === ',' ? ']' : `${separator}]`;
}
