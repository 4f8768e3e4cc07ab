import { capState, counterName, withDefaultCaps } from '../../domain/metering/cap.js';
import type { CapStore, NewCap, SetCapOutcome } from '../../ports/cap-store.js';
import { capColumns, capOf, countedWindows, type CapRow } from './cap-rows.js';
import type { Database, Queryable } from './database.js';
import { lockAccount } from './locked-account.js';

const capsNow = `
  select now() as now, c.* from balances b left join caps c on c.user_id = $1
  where b.user_id = $1 and b.closed_at is null order by c.id`;

const changeLimit = `
  update caps set "limit" = $7
  where user_id = $1 and set_by = $2 and "window" = $3 and scope = $4
    and key_id is not distinct from $5::uuid and model is not distinct from $6
  returning ${capColumns}`;

const findKey = `select id from api_keys where user_id = $1 and id = $2 for key share`;

const create = `
  insert into caps (user_id, set_by, "window", scope, key_id, model, "limit", id)
  select $1, $2, $3, $4, $5::uuid, $6, $7::bigint, $8::uuid
  where (select count(*) from caps where user_id = $1 and set_by = $2) < $9
  returning ${capColumns}`;

const markCapped = `update balances set has_caps = true where user_id = $1 and not has_caps`;

const find = `select ${capColumns} from caps where user_id = $1 and id = $2`;
const remove = `delete from caps where user_id = $1 and id = $2`;
// Other caps may share it; they count again.
const forgetCounters = `delete from cap_counters where user_id = $1 and cap = $2`;

/** Caps in PostgreSQL. Whatever changes them locks the balance, as everything does that is counted. */
export function postgresCapStore(database: Database): CapStore {
  return {
    async states(userId, { defaultCaps, timeZone }) {
      const rows = await database.query<{ now: Date } & (CapRow | { id: null })>({
        text: capsNow,
        values: [userId],
      });
      const [first] = rows;
      if (first === undefined) return null;
      const stored = rows.flatMap((row) => (row.id === null ? [] : [capOf(row)]));
      const caps = withDefaultCaps(stored, defaultCaps);
      const windows = await countedWindows(database, userId, { caps, at: first.now, timeZone });
      return windows.map(({ cap, window, counted }) => capState(cap, window, counted));
    },
    set: (cap) => database.transaction((within) => setCap(within, cap)),
    remove: ({ userId, capId }, setBy) =>
      database.transaction(async (within) => {
        await lockAccount(within, userId);
        const [found] = await within.query<CapRow>({ text: find, values: [userId, capId] });
        if (found === undefined) return 'missing';
        if (setBy !== null && found.set_by !== setBy) return 'set_by_other';
        await within.query({ text: remove, values: [userId, capId] });
        await within.query({ text: forgetCounters, values: [userId, counterName(capOf(found))] });
        return 'removed';
      }),
  };
}

async function setCap(within: Queryable, cap: NewCap): Promise<SetCapOutcome> {
  const { userId, setBy, window, scope, keyId, model, limit } = cap;
  if ((await lockAccount(within, userId)) === null) return { outcome: 'no_such_user' };
  const values = [userId, setBy, window, scope, keyId, model, limit];
  const [changed] = await within.query<CapRow>({ text: changeLimit, values });
  if (changed !== undefined) return { outcome: 'changed', cap: capOf(changed) };
  if (keyId !== null && (await within.query({ text: findKey, values: [userId, keyId] })).length === 0) {
    return { outcome: 'no_such_key' };
  }
  const [created] = await within.query<CapRow>({ text: create, values: [...values, cap.id, cap.maxCaps] });
  if (created === undefined) return { outcome: 'too_many' };
  await within.query({ text: markCapped, values: [userId] });
  return { outcome: 'created', cap: capOf(created) };
}
