import type { Clock } from '../../ports/clock.js';
import type { Secrets } from '../../ports/secrets.js';
import type { VoucherStore } from '../../ports/voucher-store.js';
import { changesOf } from '../audit/audit-details.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { accountOf, requireAdmin, type AdminCaller } from '../auth/caller.js';
import { notFound, throwIfInvalid } from '../errors.js';
import type { Page, PageRequest } from '../page.js';
import { normalizeId } from '../text.js';
import { createVoucherCode } from './voucher-code.js';
import { validateTerms, type VoucherBatch, type VoucherTerms } from './voucher.js';

export interface CreateVouchersDeps extends RecordAuditDeps {
  voucherStore: Pick<VoucherStore, 'create'>;
  secrets: Secrets;
  clock: Pick<Clock, 'now'>;
}

export interface CreateVouchersInput {
  caller: AdminCaller;
  terms: VoucherTerms;
  origin: Origin;
}

/**
 * Creates a batch of vouchers. Returns it with its codes, which cannot be read again. Rejects with `admin_required`,
 * `insufficient_scope` or `invalid_input`.
 */
export async function createVouchers(
  deps: CreateVouchersDeps,
  input: CreateVouchersInput,
): Promise<{ batch: VoucherBatch; codes: string[] }> {
  requireAdmin(input.caller, null);
  throwIfInvalid(validateTerms(input.terms, deps.clock.now()));
  const made = Array.from({ length: input.terms.count }, () => createVoucherCode(deps.secrets));
  const batch = await deps.voucherStore.create({
    id: deps.ids.next(),
    terms: input.terms,
    digests: made.map(({ digest }) => digest),
    createdBy: accountOf(input.caller)?.id ?? null,
  });
  const { name, credits, count, maxRedemptions } = input.terms;
  await recordAuditByAdmin(deps, 'vouchers_created', {
    ...{ ...input, userId: null, subjectId: batch.id },
    details: changesOf({}, { name, credits, count, max_redemptions: maxRedemptions }),
  });
  return { batch, codes: made.map(({ code }) => code) };
}

/** Returns a page of all batches, newest first. Rejects with `admin_required` or `insufficient_scope`. */
export async function listVouchers(
  deps: { voucherStore: Pick<VoucherStore, 'batches'> },
  { caller }: { caller: AdminCaller },
  page: PageRequest,
): Promise<Page<VoucherBatch>> {
  requireAdmin(caller, 'read');
  return deps.voucherStore.batches(page);
}

/**
 * Ends a batch: none of its codes can be redeemed any more, and what was redeemed stays. Does nothing if it has ended.
 * Rejects with `admin_required`, `insufficient_scope` or `not_found`.
 */
export async function endVouchers(
  deps: RecordAuditDeps & { voucherStore: Pick<VoucherStore, 'end'> },
  input: { caller: AdminCaller; batchId: string; origin: Origin },
): Promise<void> {
  requireAdmin(input.caller, null);
  const batchId = normalizeId(input.batchId);
  const ended = await deps.voucherStore.end(batchId);
  if (ended === 'missing') throw notFound('batch of vouchers');
  if (ended === 'ended')
    await recordAuditByAdmin(deps, 'vouchers_ended', { ...input, userId: null, subjectId: batchId });
}
