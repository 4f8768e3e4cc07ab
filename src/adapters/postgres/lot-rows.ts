import { maxCredits } from '../../domain/ledger/entry.js';
import { defaultPriorities, type Lot } from '../../domain/metering/lot.js';
import type { AccountLots, LotUse } from '../../domain/metering/update-lots.js';
import type { Queryable } from './database.js';
import { onlyRow } from './read-rows.js';

/** A row of `lots`. */
export interface LotRow {
  id: string;
  kind: Lot['kind'];
  amount: number;
  left_over: number;
  priority: number;
  expires_at: Date | null;
  period: string | null;
  created_at: Date;
}

/** The columns of a `LotRow`. What an account had at first can be more than its credits can ever be at one time. */
export const lotColumns = `
  id, kind, least(amount, ${maxCredits}) as amount, left_over, priority, expires_at, period, created_at`;

export function lotOf({ left_over, expires_at, created_at, ...row }: LotRow): Lot {
  return { ...row, left: left_over, expiresAt: expires_at, createdAt: created_at };
}

const oneLot = `select ${lotColumns} from lots where user_id = $1 and id = $2`;

/** Returns a lot of an account, or null. */
export async function findLot(within: Queryable, userId: string, lotId: string): Promise<Lot | null> {
  const [row] = await within.query<LotRow>({ text: oneLot, values: [userId, lotId] });
  return row === undefined ? null : lotOf(row);
}

const lotsWithRest = `select ${lotColumns} from lots where user_id = $1 and left_over > 0`;

// One statement, and so one snapshot: a hold that is charged in full can end without a lock on the balance.
const holds = `
  select id, held, captured, hold_state, created_at, ended_at from exchanges
  where user_id = $1 and hold_state = 'open'
  union all
  select id, held, captured, hold_state, created_at, ended_at from exchanges
  where user_id = $1 and hold_state <> 'open' and id in (select hold_id from hold_lots where user_id = $1)
  order by created_at, id`;

const uses = `select lot_id, hold_id, amount from hold_lots where user_id = $1`;

const coverage = `
  select (
    (select coalesce(sum(amount), 0) from entries where user_id = $1 and kind <> 'charge' and amount > 0)
    - (select coalesce(sum(amount), 0) from lots where user_id = $1))::bigint as uncovered`;

interface HoldRow {
  id: string;
  held: number;
  captured: number | null;
  hold_state: string;
  ended_at: Date | null;
}

/** Reads the lots of an account whose balance is locked, as they were written last. */
export async function readAccountLots(
  within: Queryable,
  { userId, balance }: { userId: string; balance: number },
): Promise<AccountLots> {
  const values = [userId];
  const lots = await within.query<LotRow>({ text: lotsWithRest, values });
  const holdRows = await within.query<HoldRow>({ text: holds, values });
  const useRows = await within.query<{ lot_id: string; hold_id: string; amount: number }>({
    text: uses,
    values,
  });
  const { uncovered } = onlyRow(await within.query<{ uncovered: number }>({ text: coverage, values }));
  const ended = holdRows.filter(({ hold_state }) => hold_state !== 'open');
  ended.sort((left, right) => Number(left.ended_at) - Number(right.ended_at));
  return {
    balance,
    lots: lots.map(lotOf),
    openHolds: holdRows.filter(({ hold_state }) => hold_state === 'open'),
    uses: useRows.map(({ lot_id, hold_id, amount }) => ({ lotId: lot_id, holdId: hold_id, amount })),
    // What was taken beyond the hold was taken from the balance, when the lot had expired.
    endedHolds: ended.map(({ id, held, captured }) => ({ id, captured: Math.min(captured ?? 0, held) })),
    uncovered: Math.max(0, uncovered),
  };
}

// What a statement of a month is made from. Citus takes no insert of what another one in the same statement returns.
const insertChanges = `
  insert into lot_changes (user_id, lot_id, changed_at, left_over)
  select user_id, id, case when left_over = amount then created_at else clock_timestamp() end, left_over
  from lots where user_id = $1 and id = any($2::uuid[])
  on conflict (user_id, lot_id, changed_at) do update set left_over = excluded.left_over`;

// A lot that is known only has less left. A new one of which nothing was taken has all of its credits since it was added.
const storeLotsSql = `
  insert into lots (user_id, id, kind, amount, left_over, priority, expires_at, period, created_at)
  select $1::uuid, r.id, r.kind, r.amount, r.left, r.priority, r."expiresAt", r.period, r."createdAt"
  from json_to_recordset($2::json) as r (
    id uuid, kind text, amount bigint, "left" bigint, priority integer, "expiresAt" timestamptz, period text,
    "createdAt" timestamptz)
  on conflict (user_id, id) do update set left_over = excluded.left_over`;

/** Writes lots that are new or have less left, and when. */
export async function storeLots(within: Queryable, userId: string, lots: readonly Lot[]): Promise<void> {
  if (lots.length === 0) return;
  await within.query({ text: storeLotsSql, values: [userId, JSON.stringify(lots)] });
  await within.query({ text: insertChanges, values: [userId, lots.map(({ id }) => id)] });
}

const removeUses = `delete from hold_lots where user_id = $1`;

const insertUses = `
  insert into hold_lots (user_id, lot_id, hold_id, amount)
  select $1, r."lotId", r."holdId", r.amount
  from json_to_recordset($2::json) as r ("lotId" uuid, "holdId" uuid, amount bigint)`;

/** Replaces what the holds of an account may still take from expired lots. */
export async function replaceUses(
  within: Queryable,
  userId: string,
  [before, after]: [readonly LotUse[], readonly LotUse[]],
): Promise<void> {
  if (before.length > 0) await within.query({ text: removeUses, values: [userId] });
  if (after.length > 0) await within.query({ text: insertUses, values: [userId, JSON.stringify(after)] });
}

// Nothing has expired from these credits, so what is left of them is what there is.
const insertOpening = `
  insert into lots (user_id, id, kind, amount, left_over, priority, created_at)
  select $1::uuid, $1::uuid, 'opening', added.total, least(added.total, $2::bigint + held.total, ${maxCredits}), $3, added.since
  from (
    select coalesce(sum(amount), 0) as total, coalesce(min(created_at), now()) as since
    from entries where user_id = $1 and kind <> 'charge' and amount > 0
  ) as added, (
    select coalesce(sum(held), 0) as total from exchanges where user_id = $1 and hold_state = 'open'
  ) as held
  where added.total > 0`;

/** Makes one lot of all the credits of an account that has no lots and whose balance is locked. */
export async function storeOpeningLot(
  within: Queryable,
  { userId, balance }: { userId: string; balance: number },
): Promise<void> {
  await within.query({ text: insertOpening, values: [userId, balance, defaultPriorities.opening] });
  await within.query({ text: insertChanges, values: [userId, [userId]] });
}
