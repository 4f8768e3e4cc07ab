import * as v from 'valibot';
import type { AccountExport } from '../../domain/users/export-account.js';
import type { User } from '../../domain/users/user.js';
import { count } from './answer-fields.js';
import { keyAnswer, presentKey } from './key-routes.js';
import { entryAnswer, presentEntry } from './ledger-routes.js';
import { conversationAnswer, exchangeAnswer, presentConversation, presentExchange } from './present-chat.js';
import { eventAnswer, presentEvent } from './present-event.js';
import { sessionAnswer, presentSession } from './session-routes.js';

/** All of an export but the account itself. */
export const exportedRecords = {
  held: count,
  sessions: v.array(sessionAnswer),
  keys: v.array(keyAnswer),
  entries: v.array(entryAnswer),
  conversations: v.array(conversationAnswer),
  chats: v.array(exchangeAnswer),
  audit: v.array(eventAnswer),
};

/** An account's export as one JSON document, in pieces, so that a long history is never whole in memory. */
export async function* exportDocument(
  account: AccountExport,
  presentUser: (user: User, balance: number) => unknown,
): AsyncIterable<string> {
  yield `{"account":${JSON.stringify(presentUser(account.user, account.balance.balance))}`;
  yield `,"held":${account.balance.held}`;
  yield `,"sessions":${JSON.stringify(account.sessions.map((session) => presentSession(session, null)))}`;
  yield `,"keys":${JSON.stringify(account.apiKeys.map(presentKey))}`;
  yield* listed('entries', account.entries, presentEntry);
  yield* listed('conversations', account.conversations, presentConversation);
  yield* listed('chats', account.exchanges, presentExchange);
  yield* listed('audit', account.auditEvents, presentEvent);
  yield '}';
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
