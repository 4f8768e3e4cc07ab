import type { ChatLedger } from '../../ports/chat-ledger.js';

/** Gives back what dead servers held and frees old idempotency keys; answers how many holds ended. */
export async function expireHolds(
  needs: { chatLedger: Pick<ChatLedger, 'expireHolds' | 'forgetOldKeys'> },
  options: { everyOpen: boolean },
): Promise<number> {
  const expired = await needs.chatLedger.expireHolds(options);
  await needs.chatLedger.forgetOldKeys();
  return expired;
}
