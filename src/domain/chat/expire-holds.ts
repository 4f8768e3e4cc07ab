import type { ChatLedger } from '../../ports/chat-ledger.js';

/** Gives back what dead servers held and frees old idempotency keys; answers how many holds ended. */
export async function expireHolds(
  deps: { chatLedger: Pick<ChatLedger, 'expireHolds' | 'forgetOldKeys'> },
  options: { everyOpen: boolean },
): Promise<number> {
  const expired = await deps.chatLedger.expireHolds(options);
  await deps.chatLedger.forgetOldKeys();
  return expired;
}
