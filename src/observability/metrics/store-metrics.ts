import type { Stores } from '../../ports/stores.js';
import type { NewUser } from '../../ports/user-store.js';
import type { Metrics } from './metrics.js';
import { withHoldLedgerMetrics } from './hold-ledger-metrics.js';

/** Counts the tokens granted and withdrawn, and what chats do to the ledger. */
export function withStoreMetrics(stores: Stores, metrics: Metrics): Stores {
  const { userStore, firstAdminStore, creditLedger } = stores;
  const countOpening = <Created extends { outcome: string }>(created: Created, user: NewUser): Created => {
    if (created.outcome === 'created') metrics.granted.inc({ kind: 'opening' }, user.openingGrant.amount);
    return created;
  };
  return {
    ...stores,
    holdLedger: withHoldLedgerMetrics(stores.holdLedger, metrics),
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
          if (entry.amount > 0) metrics.granted.inc({ kind: entry.kind }, entry.amount);
          else metrics.withdrawn.inc(-entry.amount);
        }
        return posted;
      },
    },
  };
}
