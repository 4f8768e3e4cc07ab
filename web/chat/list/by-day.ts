import type { Conversation } from '../api/contract.js';

const dayMs = 24 * 60 * 60 * 1000;
const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' });

/** Conversations under the words for when they were written to last, in the order they come in. */
export function byDay(conversations: readonly Conversation[], now: Date): [string, Conversation[]][] {
  const groups = new Map<string, Conversation[]>();
  for (const conversation of conversations) {
    const words = dayWords(new Date(conversation.updated_at), now);
    groups.set(words, [...(groups.get(words) ?? []), conversation]);
  }
  return [...groups];
}

function dayWords(date: Date, now: Date): string {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  // By the calendar: a day may have 23 or 25 hours.
  const daysAgo = Math.ceil((today - date.getTime()) / dayMs);
  if (daysAgo <= 0) return 'Today';
  if (daysAgo === 1) return 'Yesterday';
  if (daysAgo <= 7) return 'The last seven days';
  return month.format(date);
}
