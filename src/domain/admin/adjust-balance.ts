import type { Origin } from '../audit/audit-event.js';
import { noteByAdmin, type NoteNeeds } from '../audit/note.js';
import { requireAdmin, type Caller } from '../auth/caller.js';
import {
  grantCredits,
  type GrantCreditsInput,
  type GrantCreditsNeeds,
  type GrantedCredits,
} from '../ledger/grant-credits.js';

export interface AdjustBalanceInput extends GrantCreditsInput {
  caller: Caller;
  origin: Origin;
}

/**
 * Moves a balance on behalf of an administrator, who may be a program with an API key. Refuses with `admin_required`,
 * and as `grantCredits` does.
 */
export async function adjustBalance(
  needs: GrantCreditsNeeds & NoteNeeds,
  input: AdjustBalanceInput,
): Promise<GrantedCredits> {
  requireAdmin(input.caller);
  const granted = await grantCredits(needs, input);
  if (!granted.replayed)
    await noteByAdmin(needs, 'balance_adjusted', { ...input, subjectId: granted.entry.id });
  return granted;
}
