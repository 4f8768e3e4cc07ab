import type { EmailChangeStore } from '../../ports/email-change-store.js';
import type { EmailChange } from './email-change.js';

/** The email that an account has once it is confirmed; null when none is pending. */
export async function pendingEmail(
  deps: { emailChangeStore: Pick<EmailChangeStore, 'changes'> },
  userId: string,
): Promise<string | null> {
  return pendingEmailOf(await deps.emailChangeStore.changes(userId));
}

/** The pending one among the changes of an account's email. */
export function pendingEmailOf(changes: readonly EmailChange[]): string | null {
  return changes.find(({ tookEffectAt }) => tookEffectAt === null)?.email ?? null;
}
