import type { SourceReading } from '../../domain/import/account-source.js';
import { decodeDump } from './decode-dump.js';
import { groupByModel, type Dump } from './dump.js';
import { detectLayout, isAmbiguousLayout, type Layout, type LayoutOptions } from './detect-layout.js';
import { sourceRecords } from './source-records.js';

/** Reads the output of Django's `dumpdata`: JSON in UTF-8, or in UTF-16 with a byte order mark. */
export function readDjangoDump(bytes: Uint8Array, options: LayoutOptions): SourceReading {
  const decoded = decodeDump(bytes);
  if (decoded.outcome === 'rejected') return { outcome: 'rejected', reasons: [decoded.reason] };
  const dump = groupByModel(decoded.json);
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
  const ignored = [...models].filter(([label]) => !used.includes(label));
  return [
    `Accounts: ${user.label}, with ${user.balance} as the balance.`,
    chat === null
      ? 'Chats: no model was recognised. If there is one, set --chat-model.'
      : `Chats: ${chat.label}.`,
    authToken === null ? 'No model of auth tokens was recognised.' : `Auth tokens from ${authToken.label}.`,
    ...(ignored.length === 0
      ? []
      : [`Ignored: ${ignored.map(([label, { length }]) => `${label} (${length})`).join(', ')}.`]),
  ];
}
