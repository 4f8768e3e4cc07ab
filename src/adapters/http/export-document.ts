import type { AccountExport } from '../../domain/users/export-account.js';
import type { User } from '../../domain/users/user.js';
import { presentKey } from './key-routes.js';
import { presentEntry } from './ledger-routes.js';
import { presentConversation, presentExchange } from './present-chat.js';
import { presentEvent } from './present-event.js';
import { presentSession } from './session-routes.js';

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
