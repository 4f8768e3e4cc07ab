import * as v from 'valibot';
import { entryKinds, type Entry } from '../../../domain/ledger/entry.js';
import { count, id, time, whole } from '../kit/response-fields.js';
import { authenticate } from '../kit/authenticate.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { pageRequest, presentPage } from '../kit/paging.js';
import { route } from '../kit/route.js';

export const balanceResponse = v.object({ tokens: count, held: count });

export const entryResponse = v.object({
  id,
  kind: v.picklist(entryKinds),
  amount: whole,
  balance_after: count,
  chat_id: v.nullable(id),
  reason: v.nullable(v.string()),
  created_at: time,
});

/** The balance and the ledger's lines. */
export function ledgerRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  route(app, '/api/tokens/', [authenticate(deps)], {
    GET: async (c) => {
      const { balance, held } = await core.ledger.balance(c.get('caller').user.id);
      return c.json({ tokens: balance, held } satisfies v.InferOutput<typeof balanceResponse>);
    },
  });

  route(app, '/api/tokens/entries/', [authenticate(deps)], {
    GET: async (c) => {
      const page = await core.ledger.entries(c.get('caller').user.id, pageRequest(c));
      return c.json(presentPage(page, presentEntry));
    },
  });
}

/** As the API shows it. */
export function presentEntry(entry: Entry): v.InferOutput<typeof entryResponse> {
  return {
    id: entry.id,
    kind: entry.kind,
    amount: entry.amount,
    balance_after: entry.balanceAfter,
    chat_id: entry.exchangeId,
    reason: entry.reason,
    created_at: entry.createdAt.toISOString(),
  };
}
