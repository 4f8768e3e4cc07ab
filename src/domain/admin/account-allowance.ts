import type { LotLedger } from '../../ports/lot-ledger.js';
import type { UserStore } from '../../ports/user-store.js';
import { changesOf, type AuditValue } from '../audit/audit-details.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import { notFound, throwIfInvalid } from '../errors.js';
import { maxCredits } from '../ledger/entry.js';
import { allowanceOf, type AccountAllowance, type ReadAllowanceDeps } from '../ledger/read-allowance.js';
import { allowancePeriods, type Allowance } from '../metering/allowance.js';

type AllowanceDeps = ReadAllowanceDeps &
  RecordAuditDeps & { lotLedger: Pick<LotLedger, 'setAllowance'>; userStore: Pick<UserStore, 'findById'> };

interface AllowanceInput {
  caller: AdminCaller;
  userId: string;
}

/** Returns the allowance of an account. Rejects with `admin_required` or `not_found`. */
export async function readAccountAllowance(
  deps: ReadAllowanceDeps & { userStore: Pick<UserStore, 'findById'> },
  { caller, userId }: AllowanceInput,
): Promise<AccountAllowance> {
  requireAdmin(caller, 'read');
  if ((await deps.userStore.findById(userId)) === null) throw notFound('account');
  return allowanceOf(deps, userId);
}

/**
 * Sets the allowance of one account, from its next use on; 0 credits for none. What was given stays, so that another amount
 * for the same kind of period begins with the next one. Returns the allowance. Rejects with `admin_required`, `invalid_input` or
 * `not_found`.
 */
export async function setAccountAllowance(
  deps: AllowanceDeps,
  { allowance, ...input }: AllowanceInput & { allowance: Allowance; origin: Origin },
): Promise<AccountAllowance> {
  requireAdmin(input.caller, 'grants');
  throwIfInvalid({ amount: validateAmount(allowance.amount), every: validatePeriod(allowance.every) });
  return changeAllowance(deps, input, allowance);
}

/** Lets the default allowance apply to an account again, from its next use on. Rejects with `admin_required` or `not_found`. */
export async function removeAccountAllowance(
  deps: AllowanceDeps,
  input: AllowanceInput & { origin: Origin },
): Promise<void> {
  requireAdmin(input.caller, 'grants');
  await changeAllowance(deps, input, null);
}

async function changeAllowance(
  deps: AllowanceDeps,
  input: AllowanceInput & { origin: Origin },
  allowance: Allowance | null,
): Promise<AccountAllowance> {
  const before = await allowanceOf(deps, input.userId);
  if (!(await deps.lotLedger.setAllowance(input.userId, allowance))) throw notFound('account');
  const after = await allowanceOf(deps, input.userId);
  const details = changesOf(allowanceValues(before), allowanceValues(after));
  await recordAuditByAdmin(deps, 'allowance_changed', { ...input, details });
  return after;
}

/** What the audit log says of an allowance. */
function allowanceValues({ allowance }: AccountAllowance): Record<string, AuditValue> {
  return { allowance: allowance?.amount ?? 0, every: allowance?.every ?? null };
}

function validateAmount(amount: number): string[] {
  return Number.isSafeInteger(amount) && amount >= 0
    ? []
    : [`Must be a whole number from 0 to ${maxCredits}.`];
}

function validatePeriod(every: string): string[] {
  return allowancePeriods.some((period) => period === every)
    ? []
    : [`Must be one of ${allowancePeriods.join(', ')}.`];
}
