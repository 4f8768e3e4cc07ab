import type { Database } from '../../src/adapters/postgres/database.js';

/** A lot that a client has added. */
export interface GrantedLot {
  userId: string;
  id: string;
  amount: number;
  /** No other lot has this reason. */
  reason: string;
  /** It is the last one in spending order, and so leaves whole when it expires. */
  isNeverSpent: boolean;
}

/** What the responses to clients say. */
export interface Books {
  charges: Map<string, { userId: string; amount: number }>;
  grants: GrantedLot[];
  charge(userId: string, exchangeId: string, amount: number): void;
  grant(lot: GrantedLot): void;
}

export function newBooks(): Books {
  const charges: Books['charges'] = new Map();
  const grants: GrantedLot[] = [];
  return {
    charges,
    grants,
    charge: (userId, exchangeId, amount) => {
      if (charges.has(exchangeId)) throw new Error(`${exchangeId} was charged for two requests.`);
      charges.set(exchangeId, { userId, amount });
    },
    grant: (lot) => {
      grants.push(lot);
    },
  };
}

interface EntryRow {
  user_id: string;
  id: string;
  kind: string;
  amount: number;
  exchange_id: string | null;
  reason: string | null;
}

const everyEntry = 'select user_id, id, kind, amount, exchange_id, reason from entries';

const openHolds = `select id from exchanges where hold_state = 'open'`;

const lotsOfToday = `
  select b.user_id, count(l.id) as lots from balances b
  left join lots l on l.user_id = b.user_id and l.period is not null and l.expires_at > now()
  where b.allowance_rule is not null group by b.user_id`;

const expiredWithRest = 'select id from lots where expires_at <= now() and left_over > 0';

/** Compares a ledger in which every hold has ended and every account is up to date with the books of its clients. */
export async function findErrorsInBooks(
  database: Database,
  { charges, grants }: Books,
): Promise<{ errors: string[]; allowances: number; expiries: number }> {
  const entries = await database.query<EntryRow>({ text: everyEntry });
  const ofKind = (kind: string) => entries.filter((entry) => entry.kind === kind);
  const errors: string[] = [];

  const charged = ofKind('charge');
  for (const { user_id, exchange_id, amount } of charged) {
    const known = charges.get(exchange_id ?? '');
    if (known?.userId !== user_id || known.amount !== -amount)
      errors.push(`${exchange_id} was charged ${-amount}, the client knows of ${known?.amount}`);
  }
  if (charged.length !== charges.size)
    errors.push(`${charged.length} charges in the ledger, ${charges.size} known to the clients`);

  const added = new Map(ofKind('grant').map((entry) => [entry.id, entry]));
  for (const { id, reason } of grants) if (!added.has(id)) errors.push(`the grant of ${reason} is missing`);
  const ofClients = ofKind('grant').filter(({ reason }) => reason?.startsWith('lot ') === true);
  if (ofClients.length !== grants.length)
    errors.push(`${ofClients.length} grants in the ledger, ${grants.length} known to the clients`);

  const expiries = ofKind('expiry');
  for (const { reason, amount, isNeverSpent } of grants) {
    const left = expiries.filter((entry) => entry.reason === reason).map((entry) => -entry.amount);
    const sum = left.reduce((total, credits) => total + credits, 0);
    if (isNeverSpent ? left.length !== 1 || sum !== amount : sum > amount)
      errors.push(`of the ${amount} of ${reason} expired ${JSON.stringify(left)}`);
  }

  for (const { user_id, lots } of await database.query<{ user_id: string; lots: number }>({
    text: lotsOfToday,
  }))
    if (lots !== 1) errors.push(`${user_id} has ${lots} allowances of today`);
  for (const { id } of await database.query<{ id: string }>({ text: expiredWithRest }))
    errors.push(`the expired lot ${id} has something left`);
  for (const { id } of await database.query<{ id: string }>({ text: openHolds }))
    errors.push(`the hold ${id} is open`);
  return { errors, allowances: ofKind('allowance').length, expiries: expiries.length };
}
