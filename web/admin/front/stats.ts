/** What happened in a time, as the API counts it. */
export interface Stats {
  accounts: number;
  days: DayCounts[];
  models: ModelCounts[];
}

/** A day of UTC. */
export interface DayCounts {
  day: string;
  sign_ups: number;
  chats: number;
  failures: number;
  tokens_charged: number;
  tokens_granted: number;
}

export interface ModelCounts {
  model: string;
  chats: number;
  failures: number;
  tokens_charged: number;
}

/** The days of UTC that end with today, as the API takes them. */
export function lastDays(count: number, now = new Date()): { from: string; to: string } {
  const first = new Date(now.getTime() - (count - 1) * 24 * 60 * 60 * 1000);
  return { from: dayOf(first), to: dayOf(now) };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

export function sumOf(days: readonly DayCounts[], field: Exclude<keyof DayCounts, 'day'>): number {
  return days.reduce((sum, day) => sum + day[field], 0);
}
