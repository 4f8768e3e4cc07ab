import type { EmailChangeStore } from '../../ports/email-change-store.js';
import type { EmailChange } from './email-change.js';

/** Returns the email that takes effect once it is confirmed; null if none is pending. */
export async function pendingEmail(
  deps: { emailChangeStore: Pick<EmailChangeStore, 'changes'> },
  userId: string,
): Promise<string | null> {
  return pendingEmailOf(await deps.emailChangeStore.changes(userId));
}

/** Returns the pending email among the changes of an account's email. */
export function pendingEmailOf(changes: readonly EmailChange[]): string | null {
  return changes.find(({ tookEffectAt }) => tookEffectAt === null)?.email ?? null;
}
