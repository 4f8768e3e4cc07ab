import type { EmailChangeStore } from '../../ports/email-change-store.js';
import type { Caller } from '../auth/caller.js';
import type { EmailChange } from './email-change.js';

/** Returns the email of the caller that takes effect once it is confirmed; null if none is pending. */
export async function pendingEmail(
  deps: { emailChangeStore: Pick<EmailChangeStore, 'changes'> },
  { caller }: { caller: Caller },
): Promise<string | null> {
  return pendingEmailOf(await deps.emailChangeStore.changes(caller.user.id));
}

/** Returns the pending email among the changes of an account's email. */
export function pendingEmailOf(changes: readonly EmailChange[]): string | null {
  return changes.find(({ tookEffectAt }) => tookEffectAt === null)?.email ?? null;
}
