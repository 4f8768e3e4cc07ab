import type { Database, SqlValue } from '../../../../src/adapters/postgres/database.js';
import { maxCredits } from '../../../../src/domain/ledger/entry.js';
import { newId } from '../../../../src/testing/accounts.js';
import * as sql from './statements.js';

const leaseMs = 60 * 60 * 1000;
const price = 100;

/** What a server of version 0.1 does to the ledger, by its own statements. */
export interface EarlierLedger {
  /** Opens an account; returns its id. */
  open(credits: number): Promise<string>;
  /** Returns the id of the hold, or null if the balance is too low. */
  reserve(userId: string, hold: number): Promise<string | null>;
  /** Returns whether the hold was charged now. */
  settle(userId: string, holdId: string, capture: number): Promise<boolean>;
  /** Returns whether the hold was released now. */
  release(userId: string, holdId: string): Promise<boolean>;
  renew(userId: string, holdId: string): Promise<boolean>;
  /** Returns whether the entry was posted. */
  post(userId: string, amount: number): Promise<boolean>;
  balance(userId: string): Promise<{ balance: number; held: number } | undefined>;
  expireDue(): Promise<number>;
}

/** Runs the statements of version 0.1. Like its servers, with `batches` it reserves and settles by the statements for batches. */
export function earlierLedger(database: Database, { batches }: { batches: boolean }): EarlierLedger {
  const named = (name: string, text: string, values: readonly SqlValue[]) =>
    database.query<Record<string, unknown>>({ name: `0.1_${name}`, mayWaitForLock: true, text, values });
  const reserveOne = (userId: string, id: string, hold: number) =>
    named('reserve', sql.reserve, [
      ...[userId, id, null, 'echo', 'Hello', hold, leaseMs, null, null],
      ...[price, null, null, null],
    ]);
  const reserveInBatch = async (userId: string, id: string, hold: number) => {
    const row = {
      ...{
        user_id: userId,
        id,
        conversation_id: null,
        title: null,
        model: 'echo',
        message: 'Hello',
        held: hold,
      },
      ...{ lease_ms: leaseMs, idempotency_key: null, fingerprint: null },
      ...{ per_message: price, per_1k_input: null, per_1k_output: null },
    };
    const rows = await named('reserve_batch', sql.reserveBatch, [JSON.stringify([row])]);
    // A batch skips what is locked, and is followed by single statements for the rest.
    return rows.length > 0 ? rows : reserveOne(userId, id, hold);
  };
  const settleOne = (userId: string, id: string, capture: number) =>
    named('settle', sql.settle, [
      ...[userId, id, capture, 'completed', 'Echo: Hello', 3, 5, newId(), null, 'echo', 'stop'],
    ]);
  const settleInBatch = async (userId: string, id: string, capture: number) => {
    const row = {
      ...{ user_id: userId, id, capture, status: 'completed', reply: 'Echo: Hello', usage_input: 3 },
      ...{ usage_output: 5, entry_id: newId(), tool_calls: null, answered_by: 'echo', finish_reason: 'stop' },
    };
    const rows = await named('settle_batch', sql.settleBatch, [JSON.stringify([row])]);
    return rows.length > 0 ? rows : settleOne(userId, id, capture);
  };
  return {
    open: async (credits) => {
      const id = newId();
      const name = `user_${id}`;
      const values = [id, name, name, null, null, '!', 'user', newId(), credits];
      await database.query({ text: sql.insertAccount, values });
      return id;
    },
    reserve: async (userId, hold) => {
      const id = newId();
      const rows = await (batches ? reserveInBatch : reserveOne)(userId, id, hold);
      return rows.length > 0 ? id : null;
    },
    settle: async (userId, holdId, capture) =>
      (await (batches ? settleInBatch : settleOne)(userId, holdId, capture)).length > 0,
    release: async (userId, holdId) =>
      (await named('release', sql.release, [userId, holdId, 'failed', 'provider_failed', null, null]))
        .length > 0,
    renew: async (userId, holdId) => (await named('renew', sql.renew, [userId, holdId, leaseMs])).length > 0,
    post: (userId, amount) =>
      database.transaction(async (within) => {
        await within.query({ text: sql.lockBalance, values: [userId] });
        const kind = amount > 0 ? 'grant' : 'adjustment';
        const values = [userId, newId(), kind, amount, null, maxCredits, null];
        return (await within.query({ text: sql.post, values })).length > 0;
      }),
    balance: async (userId) => {
      const [row] = await named('read_balance', sql.readBalance, [userId]);
      return row as { balance: number; held: number } | undefined;
    },
    expireDue: async () => {
      const due = await database.query<{ user_id: string; id: string }>({
        text: sql.dueHolds,
        values: [false, 500],
      });
      let expired = 0;
      for (const { user_id, id } of due) {
        expired += (await named('expire', sql.expire, [user_id, id, false])).length;
      }
      return expired;
    },
  };
}
