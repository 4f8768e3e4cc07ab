/** What happened in a time, as the API counts it. */
export interface Stats {
  totals: Tally;
  by_day: DayTally[];
  by_model: (ChatTally & { model: string })[];
}

/** What came of chats. */
export interface ChatTally {
  chats: number;
  failures: number;
  cancelled: number;
  tokens_charged: number;
}

/** The same, with `accounts` that were made and tokens that were granted. */
export interface Tally extends ChatTally {
  accounts: number;
  tokens_granted: number;
}

/** A day of UTC, such as `2030-01-31`. */
export interface DayTally extends Tally {
  day: string;
}

/** Whether each rule of the ledger holds; `violations` counts the rows that break it. */
export interface LedgerState {
  results: { name: string; sentence: string; violations: number; passes: boolean }[];
  sound: boolean;
  overdue_holds: number;
}

/** The days of UTC that end with today, as the API takes them. */
export function lastDays(count: number, now = new Date()): { from: string; to: string } {
  const first = new Date(now.getTime() - (count - 1) * 24 * 60 * 60 * 1000);
  return { from: dayOf(first), to: dayOf(now) };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
