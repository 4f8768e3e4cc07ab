import type { SeenFact } from '../../domain/orders/fact-rules.js';
import type { FactProblem } from '../../ports/order-store.js';
import type { PaymentFact, PaymentFactKind } from '../../ports/payments.js';
import type { Queryable } from './database.js';

const facts = `
  select kind, id, payment_id, amount, problem, expired from order_facts
  where user_id = $1 and order_id = $2 order by seen_id`;

interface FactRow {
  kind: PaymentFactKind;
  id: string;
  payment_id: string | null;
  amount: number | null;
  problem: FactProblem | null;
  expired: number;
}

/** Returns the facts about an order that were seen, oldest first. */
export async function readFacts(
  within: Queryable,
  { userId, orderId }: { userId: string; orderId: string },
): Promise<SeenFact[]> {
  const rows = await within.query<FactRow>({ text: facts, values: [userId, orderId] });
  return rows.map(({ payment_id, ...row }) => ({ ...row, paymentId: payment_id }));
}

/** What a fact added or took. */
export interface MovedCredits {
  entryId: string | null;
  bonusEntryId: string | null;
  credits: number;
  bonusCredits: number;
  taken: number;
  expired: number;
  debt: number;
}

/** Of a fact that moves no credits. */
export const nothingMoved: MovedCredits = {
  ...{ entryId: null, bonusEntryId: null, credits: 0, bonusCredits: 0, taken: 0, expired: 0, debt: 0 },
};

const insert = `
  insert into order_facts (user_id, order_id, kind, id, seen_id, payment_id, amount, currency, problem, entry_id,
    bonus_entry_id, credits, bonus_credits, taken, expired, debt, occurred_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17::timestamptz)`;

/** Marks a fact as seen, with what became of it. */
export async function insertFact(
  within: Queryable,
  userId: string,
  {
    fact,
    seenId,
    problem,
    moved,
  }: {
    fact: PaymentFact;
    seenId: string;
    problem: FactProblem | null;
    moved: MovedCredits;
  },
): Promise<void> {
  await within.query({
    text: insert,
    values: [
      ...[userId, fact.orderId, fact.kind, fact.id, seenId, fact.paymentId, fact.amount, fact.currency],
      ...[problem, moved.entryId, moved.bonusEntryId, moved.credits, moved.bonusCredits],
      ...[moved.taken, moved.expired, moved.debt, fact.occurredAt.toISOString()],
    ],
  });
}
