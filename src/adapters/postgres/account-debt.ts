import type { Queryable } from './database.js';

const setDebt = `update balances set debt = $2, due_at = to_timestamp(0) where user_id = $1`;

const forgetHolds = `delete from debt_holds where user_id = $1`;

/** Writes what a locked account owes. Without a debt, what holds give back pays nothing any more. */
export async function storeDebt(within: Queryable, userId: string, debt: number): Promise<void> {
  await within.query({ text: setDebt, values: [userId, debt] });
  if (debt === 0) await within.query({ text: forgetHolds, values: [userId] });
}

const rememberHolds = `
  insert into debt_holds (user_id, hold_id, lot_id)
  select user_id, id, $2::uuid from exchanges where user_id = $1 and hold_state = 'open'
  on conflict (user_id, hold_id) do nothing`;

/** Remembers the open holds of a locked account: what they give back pays its debt, from a lot first. */
export async function rememberOpenHolds(within: Queryable, userId: string, lotId: string): Promise<void> {
  await within.query({ text: rememberHolds, values: [userId, lotId] });
}

// A hold that is charged in full can end without a lock on the balance; it gives nothing back.
const collect = `
  with ended as (
    select x.id, x.held - least(coalesce(x.captured, 0), x.held) as returned
    from exchanges x where x.user_id = $1 and x.hold_state <> 'open'
      and x.id in (select hold_id from debt_holds where user_id = $1)
  )
  delete from debt_holds d using ended where d.user_id = $1 and d.hold_id = ended.id
  returning ended.returned, d.lot_id`;

/**
 * Returns what the remembered holds that have ended gave back, and the lot to take it from first; forgets these holds.
 */
export async function collectReturned(
  within: Queryable,
  userId: string,
): Promise<{ returned: number; lotId: string | null }> {
  const rows = await within.query<{ returned: number; lot_id: string }>({ text: collect, values: [userId] });
  return {
    returned: rows.reduce((sum, { returned }) => sum + returned, 0),
    lotId: rows.find(({ returned }) => returned > 0)?.lot_id ?? null,
  };
}
