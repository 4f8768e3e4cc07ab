import { idempotencyKeyTtlMs } from '../../domain/chat/exchange.js';
import { checkoutTtlMs, type Order } from '../../domain/orders/order.js';
import { pageOf } from '../../domain/page.js';
import type { CreateOrderOutcome, OrderStore, PaymentProblem } from '../../ports/order-store.js';
import type { PaymentFactKind } from '../../ports/payments.js';
import { applyFact } from './apply-fact.js';
import type { Database, Queryable } from './database.js';
import { lockAccount } from './locked-account.js';
import { orderColumns, orderOf, type OrderRow } from './order-rows.js';
import { onlyRow } from './read-rows.js';

// Lock order: the balance of the account before the order.

const forgetKey = `
  update orders set idempotency_key = null
  where user_id = $1 and idempotency_key = $2 and created_at <= now() - $3::bigint * interval '1 millisecond'`;

const findClaimed = `
  select ${orderColumns} from orders where user_id = $1 and idempotency_key = $2`;

const countForLimit = `
  select count(*) as bought from orders
  where user_id = $1 and package_id = $2 and (paid_at is not null
    or status = 'open' and created_at > now() - $3::bigint * interval '1 millisecond')`;

const insert = `
  insert into orders (user_id, id, package_id, package, price, currency, provider, expires_at, idempotency_key)
  values ($1, $2, $3, $4::jsonb, $5, $6, $7, now() + $8::bigint * interval '1 millisecond', $9)
  returning ${orderColumns}`;

const storeCheckout = `
  update orders set checkout_id = coalesce(checkout_id, $3), checkout_url = coalesce(checkout_url, $4),
    status = case when status = 'expired' and checkout_id is null then 'open' else status end
  where user_id = $1 and id = $2
  returning ${orderColumns}`;

const abandon = `
  update orders set status = 'expired', idempotency_key = null
  where user_id = $1 and id = $2 and status = 'open' and checkout_id is null`;

const expireAbandoned = `
  update orders set status = 'expired'
  where status = 'open' and expires_at <= now() - interval '1 day'
  returning id`;

const findOwn = `select ${orderColumns} from orders where user_id = $1 and id = $2`;

const findAny = `select ${orderColumns} from orders where id = $1`;

const list = `
  select ${orderColumns} from orders
  where user_id = $1 and ($2::uuid is null or id < $2::uuid)
  order by id desc limit $3`;

const readDebt = `select debt from balances where user_id = $1`;

const countRefused = `
  insert into refused_payment_events (day, reason, id, count) values ((now() at time zone 'UTC')::date, $1, $2, $3)
  on conflict (day, reason) do update
    set count = refused_payment_events.count + excluded.count, last_at = now()`;

const problems = `
  select * from (
    select seen_id as id, problem as reason, order_id, user_id, kind, id as fact_id, payment_id, amount, currency,
      occurred_at, 1::bigint as count, applied_at as first_at, applied_at as last_at
    from order_facts where problem is not null and ($1::uuid is null or seen_id < $1::uuid)
    union all
    select id, reason, null, null, null, null, null, null, null, null, count, first_at, last_at
    from refused_payment_events where $1::uuid is null or id < $1::uuid
  ) as found order by id desc limit $2`;

const readCursor = `select cursor from payment_cursors where provider = $1`;

const storeCursor = `
  insert into payment_cursors (provider, cursor) values ($1, $2)
  on conflict (provider) do update set cursor = excluded.cursor, read_at = now()`;

/** Orders in PostgreSQL. */
export function postgresOrderStore(database: Database): OrderStore {
  const findOne = async (text: string, values: string[]): Promise<Order | null> => {
    const [row] = await database.query<OrderRow>({ text, values });
    return row === undefined ? null : orderOf(row);
  };
  return {
    create: (order) => database.transaction((within) => create(within, order)),
    setCheckout: ({ userId, orderId }, { id, url }) => findOne(storeCheckout, [userId, orderId, id, url]),
    abandon: async ({ userId, orderId }) => {
      await database.query({ text: abandon, values: [userId, orderId] });
    },
    expireAbandoned: async () => (await database.query({ text: expireAbandoned })).length,
    apply: (fact, ids, options) => applyFact(database, fact, ids, options),
    find: (userId, orderId) => findOne(findOwn, [userId, orderId]),
    findById: (orderId) => findOne(findAny, [orderId]),
    list: async (userId, { limit, before }) => {
      const rows = await database.query<OrderRow>({ text: list, values: [userId, before, limit + 1] });
      return pageOf(rows.map(orderOf), limit);
    },
    debt: async (userId) => {
      const [row] = await database.query<{ debt: number }>({ text: readDebt, values: [userId] });
      return row?.debt ?? null;
    },
    recordRefusedEvents: async ({ id, reason, count }) => {
      await database.query({ text: countRefused, values: [reason, id, count] });
    },
    problems: async ({ limit, before }) => {
      const rows = await database.query<ProblemRow>({ text: problems, values: [before, limit + 1] });
      return pageOf(rows.map(paymentProblemOf), limit);
    },
    cursor: async (provider) => {
      const [row] = await database.query<{ cursor: string }>({ text: readCursor, values: [provider] });
      return row?.cursor ?? null;
    },
    setCursor: async (provider, cursor) => {
      await database.query({ text: storeCursor, values: [provider, cursor] });
    },
  };
}

async function create(
  within: Queryable,
  order: Parameters<OrderStore['create']>[0],
): Promise<CreateOrderOutcome> {
  const { id, userId, package: one, provider, ttlMs, idempotencyKey } = order;
  if ((await lockAccount(within, userId)) === null) return { outcome: 'no_such_user' };
  if (idempotencyKey !== null) {
    await within.query({ text: forgetKey, values: [userId, idempotencyKey, idempotencyKeyTtlMs] });
    const claims = { text: findClaimed, values: [userId, idempotencyKey] };
    const [claimed] = await within.query<OrderRow>(claims);
    if (claimed !== undefined) return { outcome: 'key_claimed', order: orderOf(claimed) };
  }
  if (one.limitPerAccount !== null) {
    const counted = { text: countForLimit, values: [userId, one.id, checkoutTtlMs] };
    const { bought } = onlyRow(await within.query<{ bought: number }>(counted));
    if (bought >= one.limitPerAccount) return { outcome: 'limit_reached' };
  }
  const described = [one.id, JSON.stringify(one), one.price, one.currency, provider, ttlMs];
  const values = [userId, id, ...described, idempotencyKey];
  return {
    outcome: 'created',
    order: orderOf(onlyRow(await within.query<OrderRow>({ text: insert, values }))),
  };
}

interface ProblemRow {
  id: string;
  reason: PaymentProblem['reason'];
  order_id: string | null;
  user_id: string | null;
  kind: PaymentFactKind | null;
  fact_id: string | null;
  payment_id: string | null;
  amount: number | null;
  currency: string | null;
  occurred_at: Date | null;
  count: number;
  first_at: Date;
  last_at: Date;
}

function paymentProblemOf(row: ProblemRow): PaymentProblem {
  const { id, reason, order_id: orderId, user_id: userId, kind, fact_id: factId, amount, currency } = row;
  const isOfFact = orderId !== null && userId !== null && kind !== null && factId !== null;
  return {
    id,
    reason,
    order: isOfFact ? { id: orderId, userId } : null,
    fact:
      isOfFact && row.occurred_at !== null
        ? {
            kind,
            id: factId,
            orderId,
            paymentId: row.payment_id,
            amount,
            currency,
            occurredAt: row.occurred_at,
          }
        : null,
    count: row.count,
    firstAt: row.first_at,
    lastAt: row.last_at,
  };
}
