import type { FoundConversation } from '../../api/api-objects.js';

const dayMs = 24 * 60 * 60 * 1000;
const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' });

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
  if (daysAgo <= 0) return 'Today';
  if (daysAgo === 1) return 'Yesterday';
  if (daysAgo <= 7) return 'The last seven days';
  return month.format(date);
}
