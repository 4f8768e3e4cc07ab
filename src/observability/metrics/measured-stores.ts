import type { Stores } from '../../ports/stores.js';
import type { NewUser } from '../../ports/user-store.js';
import type { Meters } from './meters.js';
import { measuredChatLedger } from './measured-chat-ledger.js';

/** The stores, counting what goes into the ledger and what is charged. */
export function measuredStores(stores: Stores, meters: Meters): Stores {
  const { userStore, firstAdminStore, creditLedger } = stores;
  const countOpening = <Created extends { outcome: string }>(created: Created, user: NewUser): Created => {
    if (created.outcome === 'created') meters.granted.inc({ kind: 'opening' }, user.openingGrant.amount);
    return created;
  };
  return {
    ...stores,
    chatLedger: measuredChatLedger(stores.chatLedger, meters),
    userStore: { ...userStore, create: async (user) => countOpening(await userStore.create(user), user) },
    firstAdminStore: {
      ...firstAdminStore,
      create: async (secretDigest, user) =>
        countOpening(await firstAdminStore.create(secretDigest, user), user),
    },
    creditLedger: {
      ...creditLedger,
      async post(entry) {
        const posted = await creditLedger.post(entry);
        if (posted.outcome === 'posted') {
          if (entry.amount > 0) meters.granted.inc({ kind: entry.kind }, entry.amount);
          else meters.withdrawn.inc(-entry.amount);
        }
        return posted;
      },
    },
  };
}
