import {
  capState,
  capsFor,
  capThatForbids,
  counterName,
  tightestCap,
  type CappedUse,
  type CapState,
} from '../../domain/metering/cap.js';
import type { WalletRules } from '../../domain/metering/wallet-rules.js';
import { capColumns, capOf, countedWindows, windowRow, type CapRow, type CountedWindow } from './cap-rows.js';
import type { Queryable } from './database.js';
import type { LockedAccount } from './locked-account.js';

const capsOfAccount = `select ${capColumns} from caps where user_id = $1`;

// Also those that no cap uses any more: another one may, while their window lasts.
const addToCounters = `
  update cap_counters c set counted = c.counted + $2::bigint
  where c.user_id = $1 and c.window_start <= now() and (c.window_end is null or now() < c.window_end)
    and (c.key_id is null or c.key_id = $3::uuid) and (c.model is null or c.model = $4)`;

const saveCounters = `
  insert into cap_counters (user_id, cap, key_id, model, window_start, window_end, counted)
  select $1, w.name, w.key_id, w.model, w.starts_at, w.ends_at, w.counted
  from json_to_recordset($2) as w (
    name text, key_id uuid, model text, starts_at timestamptz, ends_at timestamptz, counted bigint)
  on conflict (user_id, cap, window_start) do update
    set counted = excluded.counted, window_end = excluded.window_end`;

// Passed windows are no longer compared with a limit, and are counted again should one be.
const forgetPassedCounters = `
  delete from cap_counters c
  where c.user_id = $1 and (c.window_end <= now()
    or c.key_id is not null and not exists (select 1 from api_keys k where k.user_id = $1 and k.id = c.key_id))`;

const markCapped = `update balances set has_caps = true where user_id = $1 and not has_caps`;

const markUncapped = `
  with forgotten as (
    delete from cap_counters where user_id = $1
  )
  update balances set has_caps = false where user_id = $1`;

/**
 * Counts a hold or a charge in the current windows of the caps that apply to it, and returns null; or counts nothing, and
 * returns the cap that allows fewer credits. From the first count on the account has `has_caps`, until it has no caps.
 */
export async function countUse(
  within: Queryable,
  account: LockedAccount,
  use: CappedUse & { credits: number },
  rules: WalletRules,
): Promise<CapState | null> {
  const windows = await windowsFor(within, account, use, { ...rules, at: account.now });
  if (windows === null) return null;
  const { userId } = account;
  const forbidding = capThatForbids(windows.map(stateOf), use.credits);
  if (forbidding !== null) return forbidding;
  await within.query({ text: addToCounters, values: [userId, use.credits, use.keyId, use.model] });
  const missing = new Map(
    windows.flatMap((window) => (window.isStored ? [] : [[counterName(window.cap), window]])),
  );
  if (missing.size === 0) return null;
  const rows = [...missing.values()].map((window, position) => ({
    ...windowRow(window, position),
    counted: window.counted + use.credits,
  }));
  await within.query({ text: forgetPassedCounters, values: [userId] });
  await within.query({ text: saveCounters, values: [userId, JSON.stringify(rows)] });
  await within.query({ text: markCapped, values: [userId] });
  return null;
}

/** Returns how many credits more than its hold an exchange may cost by the caps that counted it; null without a limit. */
export async function creditsLeftByCaps(
  within: Queryable,
  account: LockedAccount,
  exchange: CappedUse & { createdAt: Date },
  rules: WalletRules,
): Promise<number | null> {
  const windows = await windowsFor(within, account, exchange, { ...rules, at: exchange.createdAt });
  return tightestCap((windows ?? []).map(stateOf))?.left ?? null;
}

/** Returns the windows of the caps that apply to a use at a moment; null, and forgets its counters, if the account has no caps. */
async function windowsFor(
  within: Queryable,
  { userId, hasCaps }: LockedAccount,
  use: CappedUse,
  { defaultCaps, timeZone, at }: WalletRules & { at: Date },
): Promise<CountedWindow[] | null> {
  if (!hasCaps && defaultCaps.length === 0) return null;
  const rows = await within.query<CapRow>({ text: capsOfAccount, values: [userId] });
  if (rows.length === 0 && defaultCaps.length === 0) {
    await within.query({ text: markUncapped, values: [userId] });
    return null;
  }
  const caps = capsFor(use, rows.map(capOf), defaultCaps);
  return countedWindows(within, userId, { caps, at, timeZone });
}

function stateOf({ cap, window, counted }: CountedWindow): CapState {
  return capState(cap, window, counted);
}

/**
 * A part of a statement that corrects the counts of an exchange that ended: `ended` has its `key_id`, `model`, `created_at`
 * and the `change` of its credits, `locked` the locked balance with `has_caps`.
 */
export const recountEnded = `
  recounted as (
    update cap_counters c set counted = c.counted + ended.change
    from ended, locked
    where c.user_id = $1 and locked.has_caps
      and c.window_start <= ended.created_at and (c.window_end is null or ended.created_at < c.window_end)
      and (c.key_id is null or c.key_id = ended.key_id) and (c.model is null or c.model = ended.model)
  )`;
