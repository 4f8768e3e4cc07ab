import type { VoucherStore } from '../../ports/voucher-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireOwner, type AccountRequest } from '../chat/access.js';
import { DomainError, invalidInput, notFound } from '../errors.js';
import { maxCredits, type Entry } from '../ledger/entry.js';
import { consumeLimits, type LimitDeps } from '../limits/consume-limits.js';
import { networkOf } from '../limits/network.js';
import type { LimitState } from '../limits/rate-limits.js';
import type { Lot } from '../metering/lot.js';
import { isBlank, normalizeId } from '../text.js';
import { digestOfCode } from './voucher-code.js';

export interface RedeemVoucherDeps extends RecordAuditDeps, LimitDeps {
  voucherStore: Pick<VoucherStore, 'redeem'>;
}

export interface RedeemVoucherInput extends AccountRequest {
  /** As a person typed it: in any case, with or without hyphens and spaces. */
  code: string;
  origin: Origin;
}

/** What a voucher has added to an account. */
export interface RedeemedVoucher {
  entry: Entry;
  lot: Lot;
  /** The limit on wrong codes that is closest to its end; null if there is none. */
  limit: LimitState | null;
}

/** The outcomes of a wrong code. The other outcomes do not help to find codes of others. */
type WrongCode = 'no_such_voucher' | 'ended' | 'expired' | 'exhausted';

const rejections: Record<WrongCode, DomainError['code']> = {
  no_such_voucher: 'voucher_not_found',
  ended: 'voucher_ended',
  expired: 'voucher_expired',
  exhausted: 'voucher_exhausted',
};

const messages: Record<WrongCode, string> = {
  no_such_voucher: 'There is no voucher with this code. Check it for typing errors.',
  ended: 'This voucher is no longer valid.',
  expired: 'This voucher has expired.',
  exhausted: 'This voucher has been used as often as it can be.',
};

/**
 * Adds the credits of a voucher to an account, for the account itself and the operator. Wrong codes are limited by address
 * and by account: once a limit is used up, codes are rejected unseen. A code is counted before it is looked up and given back
 * if it is right, so that parallel guesses get no more attempts than sequential ones.
 *
 * @throws DomainError `voucher_not_found`, `voucher_ended`, `voucher_expired`, `voucher_exhausted`,
 * `voucher_already_redeemed`, `balance_out_of_range`, `rate_limited`, `invalid_input` or `not_found`.
 */
export async function redeemVoucher(
  deps: RedeemVoucherDeps,
  input: RedeemVoucherInput,
): Promise<RedeemedVoucher> {
  const userId = normalizeId(input.userId);
  requireOwner({ caller: input.caller, userId });
  if (isBlank(input.code)) throw invalidInput({ code: ['Must not be blank.'] });
  const taken = await consumeLimits(deps, [
    { limit: 'wrongVouchersByAddress', subject: networkOf(input.origin.address) },
    { limit: 'wrongVouchersByUser', subject: userId },
  ]);
  // The error of the store matters more than a failure to give the attempt back.
  const redeemed = await redeem(deps, userId, input.code).catch(async (error: unknown) => {
    await taken.giveBack().catch(() => undefined);
    throw error;
  });
  switch (redeemed.outcome) {
    case 'no_such_voucher':
    case 'ended':
    case 'expired':
    case 'exhausted':
      throw new DomainError(
        rejections[redeemed.outcome],
        messages[redeemed.outcome],
        taken.state === null ? {} : { limit: taken.state },
      );
    default:
  }
  const limit = await taken.giveBack();
  switch (redeemed.outcome) {
    case 'no_such_user':
      throw notFound('account');
    case 'already_redeemed':
      throw new DomainError('voucher_already_redeemed', 'This account has already redeemed this voucher.');
    case 'out_of_range':
      throw new DomainError('balance_out_of_range', `A balance must stay between 0 and ${maxCredits}.`, {
        balance: redeemed.balance,
      });
    case 'redeemed': {
      const { entry, lot } = redeemed;
      await recordAuditByAdmin(deps, 'voucher_redeemed', { ...input, userId, subjectId: entry.id });
      return { entry, lot, limit };
    }
  }
}

async function redeem(deps: RedeemVoucherDeps, userId: string, code: string) {
  const digest = digestOfCode(deps.secrets, code);
  if (digest === null) return { outcome: 'no_such_voucher' } as const;
  return deps.voucherStore.redeem({ userId, digest, entryId: deps.ids.next() });
}
