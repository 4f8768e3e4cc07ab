import { dateFormat } from '../../language/message.js';
import type { FoundConversation } from '../../api/api-objects.js';
import { text } from '../texts/texts.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Groups conversations by the day of their last message. Keeps their order. */
export function groupByDay(
  conversations: readonly FoundConversation[],
  now: Date,
): [string, FoundConversation[]][] {
  const groups = new Map<string, FoundConversation[]>();
  for (const conversation of conversations) {
    const label = dayLabel(new Date(conversation.updated_at), now);
    groups.set(label, [...(groups.get(label) ?? []), conversation]);
  }
  return [...groups];
}

function dayLabel(date: Date, now: Date): string {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  // Rounded up, because a day may have 23 or 25 hours.
  const daysAgo = Math.ceil((today - date.getTime()) / dayMs);
  if (daysAgo <= 0) return text('list.today');
  if (daysAgo === 1) return text('list.yesterday');
  if (daysAgo <= 7) return text('list.lastSevenDays');
  return dateFormat({ month: 'long', year: 'numeric' }).format(date);
}
