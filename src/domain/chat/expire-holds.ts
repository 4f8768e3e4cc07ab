import type { ChatLedger } from '../../ports/chat-ledger.js';

/** Releases the holds of servers that have died and frees old idempotency keys. Returns how many holds it released. */
export async function expireHolds(
  deps: { chatLedger: Pick<ChatLedger, 'expireHolds' | 'forgetOldKeys'> },
  options: { everyOpen: boolean },
): Promise<number> {
  const expired = await deps.chatLedger.expireHolds(options);
  await deps.chatLedger.forgetOldKeys();
  return expired;
}
