import type { SourceReading } from '../../domain/import/account-source.js';
import { decodeDump } from './decode-dump.js';
import { sortDump, type Dump } from './dump.js';
import { detectLayout, isAmbiguousLayout, type Layout, type LayoutOptions } from './detect-layout.js';
import { sourceRecords } from './source-records.js';

/** Reads what Django's `dumpdata` wrote: JSON in UTF-8, or in UTF-16 with a byte order mark. */
export function readDjangoDump(bytes: Uint8Array, options: LayoutOptions): SourceReading {
  const decoded = decodeDump(bytes);
  if (decoded.outcome === 'rejected') return { outcome: 'rejected', reasons: [decoded.reason] };
  const dump = sortDump(decoded.json);
  if (dump === null) {
    return {
      outcome: 'rejected',
      reasons: ['This is not the JSON that dumpdata writes: a list of objects, in UTF-8.'],
    };
  }
  try {
    const layout = detectLayout(dump, options);
    return { outcome: 'read', records: sourceRecords(dump, layout), notes: notesOn(dump, layout) };
  } catch (error) {
    if (!isAmbiguousLayout(error)) throw error;
    return { outcome: 'rejected', reasons: [error.message] };
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
