import { maxCredits } from '../../domain/ledger/entry.js';
import { counterName, type Cap, type CapSetter, type StoredCap } from '../../domain/metering/cap.js';
import { windowAt, windowLengths, type Window } from '../../domain/metering/window.js';
import type { WalletRules } from '../../domain/metering/wallet-rules.js';
import type { Queryable } from './database.js';

/** A row of `caps`. */
export interface CapRow {
  id: string;
  scope: StoredCap['scope'];
  key_id: string | null;
  model: string | null;
  window: StoredCap['window'];
  limit: number;
  set_by: Exclude<CapSetter, 'default'>;
  created_at: Date;
}

export const capColumns = `id, scope, key_id, model, "window", "limit", set_by, created_at`;

export function capOf(row: CapRow): StoredCap {
  return {
    id: row.id,
    scope: row.scope,
    keyId: row.key_id,
    model: row.model,
    window: row.window,
    limit: row.limit,
    setBy: row.set_by,
    createdAt: row.created_at,
  };
}

/** A cap in one window. */
export interface CapWindow {
  cap: Cap;
  window: Window;
}

/** What a cap has counted in a window; `isStored` is false if no counter has it yet. */
export interface CountedWindow extends CapWindow {
  counted: number;
  isStored: boolean;
}

/** The select of the `total` of the exchanges in the window of a row `w`, with a further condition. */
export function sumOfWindow(condition = ''): string {
  return `
    select coalesce(sum(case when e.hold_state = 'open' then e.held else e.captured end), 0)::bigint as total
    from exchanges e
    where ${condition}e.user_id = $1 and e.id >= w.first_id
      and e.created_at >= w.starts_at and (w.ends_at is null or e.created_at < w.ends_at)
      and (w.key_id is null or e.key_id = w.key_id) and (w.model is null or e.model = w.model)`;
}

// Without a counter, sums up the exchanges of the window. Their ids, which begin with their time by the clock of a server,
// bound what is read: a day is more than the clocks differ.
const countWindows = `
  select w.position, least(coalesce(c.counted, s.total), ${maxCredits}) as counted, c.counted is not null as is_stored
  from json_to_recordset($2) as w (
    position int, name text, key_id uuid, model text, starts_at timestamptz, ends_at timestamptz, first_id uuid)
  left join cap_counters c on c.user_id = $1 and c.cap = w.name and c.window_start = w.starts_at
    and c.window_end is not distinct from w.ends_at
  left join lateral (
    ${sumOfWindow('c.counted is null and ')}) s on true
  order by w.position`;

/** Returns what caps of an account have counted in the windows that contain a moment. */
export async function countedWindows(
  database: Queryable,
  userId: string,
  { caps, at, timeZone }: { caps: readonly Cap[]; at: Date; timeZone: string },
): Promise<CountedWindow[]> {
  if (caps.length === 0) return [];
  const windows = caps.map((cap) => ({ cap, window: windowAt(cap.window, at, timeZone) }));
  const rows = await database.query<{ position: number; counted: number; is_stored: boolean }>({
    text: countWindows,
    values: [userId, JSON.stringify(windows.map(windowRow))],
  });
  const counts = new Map(rows.map((row) => [row.position, row]));
  return windows.map((window, position) => {
    const row = counts.get(position);
    return { ...window, counted: row?.counted ?? 0, isStored: row?.is_stored ?? false };
  });
}

/** A window as the parameter of a statement. */
export function windowRow({ cap, window }: CapWindow, position: number) {
  return {
    position,
    name: counterName(cap),
    key_id: cap.keyId,
    model: cap.model,
    starts_at: window.start.toISOString(),
    ends_at: window.end?.toISOString() ?? null,
    first_id: lowestId(window.start.getTime() - dayMs),
  };
}

const dayMs = 24 * 60 * 60 * 1000;

/** The lowest UUIDv7 of a time. */
function lowestId(timeMs: number): string {
  const hex = Math.max(0, timeMs).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** The current windows of every length, each with the limit of the default cap, as the parameter of a statement. */
export function windowsParameter(at: Date, { defaultCaps, timeZone }: WalletRules): string {
  const windows = windowLengths.map((length) => {
    const { start, end } = windowAt(length, at, timeZone);
    const limit = defaultCaps.find(({ window }) => window === length)?.limit ?? null;
    return { length, starts_at: start.toISOString(), ends_at: end?.toISOString() ?? null, limit };
  });
  return JSON.stringify(windows);
}
