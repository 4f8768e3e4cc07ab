import type { ProviderClaims } from '../../ports/identity-provider.js';
import type { IdentityStore } from '../../ports/identity-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import type { User } from '../users/user.js';
import { verifiedEmailOf } from './account-names.js';
import { storableLabel } from './identity.js';

/** Returns what distinguishes an identity from the other ones of an account, for people. */
export function labelOf({ email, preferredName }: ProviderClaims): string | null {
  return storableLabel(email) ?? storableLabel(preferredName);
}

/** Gives an account without an email the one that its provider has verified, unless another account has it. */
export async function fillEmptyEmail(
  deps: RecordAuditDeps & { identityStore: Pick<IdentityStore, 'fillEmail'> },
  { user, claims, origin }: { user: User; claims: ProviderClaims; origin: Origin },
): Promise<void> {
  const verified = verifiedEmailOf(claims);
  if (user.email !== null || verified === null) return;
  if (await deps.identityStore.fillEmail({ userId: user.id, ...verified })) {
    await recordAudit(deps, 'email_verified', { userId: user.id, origin });
  }
}
