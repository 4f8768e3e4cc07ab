import { pageOf } from '../../domain/page.js';
import type { Redemption, VoucherBatch } from '../../domain/vouchers/voucher.js';
import type { RedeemOutcome, VoucherStore } from '../../ports/voucher-store.js';
import { postEntry } from './credit-ledger.js';
import type { Database, Queryable } from './database.js';
import { lockAccount } from './locked-account.js';
import { findLot } from './lot-rows.js';
import { onlyRow, readPage } from './read-rows.js';
import { moment } from './row-locks.js';

const insertBatch = `
  insert into voucher_batches
    (id, name, codes, credits, max_redemptions, expires_at, credits_ttl_ms, created_by)
  values ($1, $2, $3, $4, $5, $6::timestamptz, $7, $8)
  returning *, 0 as redemptions`;

const insertVouchers = `
  insert into vouchers (digest, batch_id, max_redemptions)
  select decode(digest, 'hex'), $1, $2 from unnest($3::text[]) as made (digest)`;

const batches = `
  select b.*, (
    select coalesce(sum(v.redemptions), 0)::bigint from vouchers v where v.batch_id = b.id and v.redemptions > 0
  ) as redemptions
  from voucher_batches b where $1::uuid is null or b.id < $1 order by b.id desc limit $2`;

const endBatch = `
  update voucher_batches set ended_at = moment.now from ${moment()}
  where id = $1 and ended_at is null returning id`;
const findBatch = `select id from voucher_batches where id = $1`;

// A lock on the row of the voucher, so that its redemptions follow each other; a shared one on that of its batch, so that
// ending it waits for those that have begun. Not `now()`: a transaction can wait for these locks, and what has expired or
// ended meanwhile is not redeemed.
const lockVoucher = `
  select v.batch_id, v.redemptions, v.max_redemptions from vouchers v
  where v.digest = decode($1, 'hex') for update`;
const lockBatch = `
  select name, credits, credits_ttl_ms, ended_at, expires_at, clock_timestamp() as now
  from voucher_batches where id = $1 for share`;

// Without a lock: of many at once, those who come too late do not wait for each other. What is used up remains so.
const findExhausted = `
  select 1 from vouchers v join voucher_batches b on b.id = v.batch_id
  where v.digest = decode($1, 'hex') and v.redemptions >= v.max_redemptions and b.ended_at is null
    and (b.expires_at is null or b.expires_at > clock_timestamp())`;

const findRedemption = `
  select entry_id from voucher_redemptions where user_id = $1 and digest = decode($2, 'hex')`;

const countRedemption = `
  update vouchers set redemptions = redemptions + 1
  where digest = decode($1, 'hex') and redemptions < max_redemptions returning digest`;

const insertRedemption = `
  insert into voucher_redemptions (user_id, digest, batch_id, entry_id, credits)
  values ($1, decode($2, 'hex'), $3, $4, $5)`;

const redemptions = `
  select entry_id as id, batch_id, credits, created_at from voucher_redemptions
  where user_id = $1 and ($2::uuid is null or entry_id < $2) order by entry_id desc limit $3`;

interface BatchRow {
  id: string;
  name: string | null;
  codes: number;
  credits: number;
  max_redemptions: number;
  expires_at: Date | null;
  credits_ttl_ms: number | null;
  created_by: string | null;
  created_at: Date;
  ended_at: Date | null;
  redemptions: number;
}

function batchOf(row: BatchRow): VoucherBatch {
  return {
    id: row.id,
    name: row.name,
    count: row.codes,
    credits: row.credits,
    maxRedemptions: row.max_redemptions,
    expiresAt: row.expires_at,
    creditsTtlMs: row.credits_ttl_ms,
    redemptions: row.redemptions,
    createdBy: row.created_by,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

/** Vouchers in PostgreSQL. Lock order: the balance of the account, the voucher, its batch. */
export function postgresVoucherStore(database: Database): VoucherStore {
  return {
    create: ({ id, terms, digests, createdBy }) =>
      database.transaction(async (within) => {
        const { name, credits, maxRedemptions, expiresAt, creditsTtlMs } = terms;
        const limits = [maxRedemptions, expiresAt?.toISOString() ?? null, creditsTtlMs];
        const values = [id, name, digests.length, credits, ...limits, createdBy];
        const row = onlyRow(await within.query<BatchRow>({ text: insertBatch, values }));
        await within.query({ text: insertVouchers, values: [id, maxRedemptions, digests] });
        return batchOf(row);
      }),
    async batches({ before, limit }) {
      const rows = await database.query<BatchRow>({ text: batches, values: [before, limit + 1] });
      return pageOf(rows.map(batchOf), limit);
    },
    async end(batchId) {
      const ended = await database.query({ text: endBatch, values: [batchId] });
      if (ended.length > 0) return 'ended';
      const found = await database.query({ text: findBatch, values: [batchId] });
      return found.length > 0 ? 'already_ended' : 'missing';
    },
    redeem: (redemption) => database.transaction((within) => redeem(within, redemption)),
    redemptions: (userId, page) =>
      readPage(database, { text: redemptions }, { userId, page, itemOf: redemptionOf }),
  };
}

interface VoucherRow {
  batch_id: string;
  redemptions: number;
  max_redemptions: number;
}

type LockedBatchRow = Pick<BatchRow, 'name' | 'credits' | 'credits_ttl_ms' | 'ended_at' | 'expires_at'> & {
  now: Date;
};

async function redeem(
  within: Queryable,
  { userId, digest, entryId }: Parameters<VoucherStore['redeem']>[0],
): Promise<RedeemOutcome> {
  const account = await lockAccount(within, userId);
  if (account === null) return { outcome: 'no_such_user' };
  // The lock of the account keeps it from redeeming a voucher twice at once.
  const own = await within.query({ text: findRedemption, values: [userId, digest] });
  if (own.length > 0) return { outcome: 'already_redeemed' };
  const exhausted = await within.query({ text: findExhausted, values: [digest] });
  if (exhausted.length > 0) return { outcome: 'exhausted' };
  const [voucher] = await within.query<VoucherRow>({ text: lockVoucher, values: [digest] });
  if (voucher === undefined) return { outcome: 'no_such_voucher' };
  const { batch_id: batchId } = voucher;
  const batch = onlyRow(await within.query<LockedBatchRow>({ text: lockBatch, values: [batchId] }));
  if (batch.ended_at !== null) return { outcome: 'ended' };
  if (batch.expires_at !== null && batch.expires_at <= batch.now) return { outcome: 'expired' };
  if (voucher.redemptions >= voucher.max_redemptions) return { outcome: 'exhausted' };
  const { name, credits, credits_ttl_ms: ttlMs } = batch;
  const expiresAt = ttlMs === null ? null : new Date(batch.now.getTime() + ttlMs);
  const entry = { id: entryId, userId, kind: 'voucher', amount: credits, reason: name } as const;
  const posted = await postEntry(within, { ...entry, lot: { expiresAt, priority: null } });
  if (posted.outcome === 'out_of_range') return posted;
  if (posted.outcome !== 'posted') throw new TypeError(`A voucher was not posted: ${posted.outcome}.`);
  onlyRow(await within.query({ text: countRedemption, values: [digest] }));
  await within.query({ text: insertRedemption, values: [userId, digest, batchId, entryId, credits] });
  const lot = await findLot(within, userId, entryId);
  if (lot === null) throw new TypeError('A voucher has added no lot.');
  return { outcome: 'redeemed', entry: posted.entry, lot };
}

function redemptionOf(row: { id: string; batch_id: string; credits: number; created_at: Date }): Redemption {
  return { id: row.id, batchId: row.batch_id, credits: row.credits, createdAt: row.created_at };
}
