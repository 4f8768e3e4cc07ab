import type { SourceReading } from '../../domain/import/account-source.js';
import { sortDump, type Dump } from './dump.js';
import { recogniseLayout, isUnclearLayout, type Layout, type LayoutOptions } from './layout.js';
import { sourceRecords } from './source-records.js';

/** Reads what Django's `dumpdata` wrote: JSON in UTF-8. */
export function readDjangoDump(bytes: Uint8Array, options: LayoutOptions): SourceReading {
  const json = parse(bytes);
  const dump = json === undefined ? null : sortDump(json);
  if (dump === null) {
    return {
      outcome: 'refused',
      reasons: ['This is not the JSON that dumpdata writes: a list of objects, in UTF-8.'],
    };
  }
  try {
    const layout = recogniseLayout(dump, options);
    return { outcome: 'read', records: sourceRecords(dump, layout), notes: notesOn(dump, layout) };
  } catch (error) {
    if (!isUnclearLayout(error)) throw error;
    return { outcome: 'refused', reasons: [error.message] };
  }
}

/** Undefined when it is no JSON, or not in UTF-8. What a parser says is not passed on: it quotes the text. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function notesOn({ models }: Dump, { user, chat, authToken }: Layout): string[] {
  const used = [user.label, chat?.label, authToken?.label];
  const leftAside = [...models].filter(([label]) => !used.includes(label));
  return [
    `Accounts are ${user.label}, with ${user.balance} as the balance.`,
    chat === null
      ? 'No model of chats was recognised; if there is one, name it with --chat-model.'
      : `Chats are ${chat.label}.`,
    authToken === null ? 'No auth tokens were recognised.' : `Auth tokens are ${authToken.label}.`,
    ...(leftAside.length === 0
      ? []
      : [`Left aside: ${leftAside.map(([label, { length }]) => `${label} (${length})`).join(', ')}.`]),
  ];
}
