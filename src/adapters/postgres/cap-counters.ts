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
import {
  capColumns,
  capOf,
  countedWindows,
  sumOfWindow,
  windowRow,
  type CapRow,
  type CountedWindow,
} from './cap-rows.js';
import type { Queryable } from './database.js';
import type { LockedAccount } from './locked-account.js';

const capsOfAccount = `select ${capColumns} from caps where user_id = $1`;

const saveCounters = `
  insert into cap_counters (user_id, cap, key_id, model, window_start, window_end, counted)
  select $1, w.name, w.key_id, w.model, w.starts_at, w.ends_at, s.total
  from json_to_recordset($2) as w (
    name text, key_id uuid, model text, starts_at timestamptz, ends_at timestamptz, first_id uuid)
  cross join lateral (${sumOfWindow()}) as s
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
 * Begins to count for the caps that apply to a use, where no counter has their current window, and returns null; or returns the
 * cap that allows fewer credits, and changes nothing. The statement that takes the credits must count them. From then on the
 * account has `has_caps`, until it has no caps.
 */
export async function beginCounting(
  within: Queryable,
  account: LockedAccount,
  use: CappedUse & { credits: number },
  rules: WalletRules,
): Promise<CapState | null> {
  const windows = await windowsFor(within, account, use, { ...rules, at: account.now });
  if (windows === null) return null;
  const forbidding = capThatForbids(windows.map(stateOf), use.credits);
  if (forbidding !== null) return forbidding;
  const begun = new Map(
    windows.filter(({ isStored }) => !isStored).map((window) => [counterName(window.cap), window]),
  );
  if (begun.size === 0) return null;
  const { userId } = account;
  const rows = [...begun.values()].map(windowRow);
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

/** The parameters of a statement that takes credits: the API key and the model that they are for. */
interface UseParameters {
  keyId: string;
  model: string;
}

/**
 * A part of a statement that counts the credits that it takes, $3, in every counter that they belong to, also of caps that
 * do not apply now: those of another server's settings. `claim` has a row if they are taken.
 */
export function countTaken({ keyId, model }: UseParameters): string {
  return `
  counted as (
    update cap_counters c set counted = c.counted + $3::bigint from claim
    where c.user_id = $1 and c.window_start <= now() and (c.window_end is null or now() < c.window_end)
      and (c.key_id is null or c.key_id = ${keyId}) and (c.model is null or c.model = ${model})
  )`;
}

/**
 * The condition that the account has caps, and that those which apply to a use have counted in their current windows and allow
 * the credits $3. `windows`: the parameter with the windows of all lengths.
 */
export function areAllowedByCaps({ keyId, model }: UseParameters, windows: string): string {
  const windowRows = `json_to_recordset(${windows}::json) as w (
        length text, starts_at timestamptz, ends_at timestamptz, "limit" bigint)`;
  return `
      has_caps and (
        exists (select 1 from caps where user_id = $1)
        or exists (select 1 from ${windowRows} where w."limit" is not null))
      and not exists (
        select 1 from ${windowRows}
        cross join lateral (
          select 'account' as scope, '' as subject, w."limit"
          where w."limit" is not null and not exists (
            select 1 from caps
            where user_id = $1 and scope = 'account' and "window" = w.length and set_by = 'administrator')
          union all
          select scope, coalesce(key_id::text, model, ''), caps."limit" from caps
          where user_id = $1 and "window" = w.length
            and (scope = 'account' or key_id = ${keyId} or model = ${model})) as applying
        left join cap_counters c on c.user_id = $1 and c.window_start = w.starts_at
          and c.window_end is not distinct from w.ends_at
          and c.cap = trim(w.length || ' ' || applying.scope || ' ' || applying.subject)
        where c.counted is null or c.counted + $3::bigint > applying."limit"
          or w.starts_at > now() or w.ends_at <= now())`;
}

/**
 * The condition that the balance, which `locked` has locked as `row_version`, is the one that the statement sees. Then it also sees
 * every counter of the account: whatever changes those replaces the row of the balance. Otherwise it waited for another
 * transaction, and must be repeated.
 */
export function isAsSeen(balances = 'balances'): string {
  return `${balances}.xmin = (select row_version from locked)`;
}

/** `isAsSeen`, for statements that end a hold, which is only counted if the account has caps. */
export const isAsSeenOrUncounted = `
      (not locked.has_caps or exists (select 1 from balances b where b.user_id = $1 and b.xmin = locked.row_version))`;

/**
 * A part of a statement that corrects the counts of an exchange that ended: `ended` has its `key_id`, `model`, `created_at`
 * and the `change` of its credits, `locked` the locked balance with `has_caps`. A count is too low if a server of version 0.1,
 * which does not count, made the hold.
 */
export const recountEnded = `
  recounted as (
    update cap_counters c set counted = greatest(c.counted + ended.change, 0)
    from ended, locked
    where c.user_id = $1 and locked.has_caps
      and c.window_start <= ended.created_at and (c.window_end is null or ended.created_at < c.window_end)
      and (c.key_id is null or c.key_id = ended.key_id) and (c.model is null or c.model = ended.model)
  )`;
