import { requireOperator, type OperatorCaller } from '../auth/caller.js';
import {
  grantCredits,
  type GrantCreditsDeps,
  type GrantCreditsInput,
  type GrantedCredits,
} from '../ledger/grant-credits.js';

/**
 * Changes a balance on behalf of the operator, without an event in the audit log: the entry holds the reason. Rejects with
 * `admin_required`, and as `grantCredits` does.
 */
export async function grantByOperator(
  deps: GrantCreditsDeps,
  input: GrantCreditsInput & { caller: OperatorCaller },
): Promise<GrantedCredits> {
  requireOperator(input.caller);
  return grantCredits(deps, input);
}
