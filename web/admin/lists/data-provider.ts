import {
  HttpError,
  type DataProvider,
  type GetListParams,
  type Identifier,
  type RaRecord,
} from 'react-admin';
import { ask } from '../api/ask.js';
import type { ApiKey, Session } from '../../chat/api/contract.js';
import { codeOf, sentenceOf } from '../api/problem.js';
import type { LedgerState, Stats } from '../front/stats.js';
import type { AdjustedBalance, Adjustment } from '../users/adjustment.js';
import { readPage } from './cursors.js';
import { listQuery } from './list-query.js';

/** What the administration asks of the API, in react-admin's words; the last ones are our own. */
export interface AdminDataProvider extends DataProvider {
  adjustBalance(userId: Identifier, adjustment: Adjustment): Promise<AdjustedBalance>;
  sessions(userId: Identifier): Promise<Session[]>;
  endSession(userId: Identifier, sessionId: string): Promise<unknown>;
  endSessions(userId: Identifier, options: { keys: boolean }): Promise<unknown>;
  keys(userId: Identifier): Promise<ApiKey[]>;
  removeKey(userId: Identifier, keyId: string): Promise<unknown>;
  removeKeys(userId: Identifier): Promise<unknown>;
  setPassword(userId: Identifier, newPassword: string, options: { keepsKeys: boolean }): Promise<unknown>;
  stats(range: { from: string; to: string }): Promise<Stats>;
  ledgerState(): Promise<LedgerState>;
  modelNames(): Promise<string[]>;
}

const changeable = ['username', 'email', 'role', 'status'];

/** The refusal to lose the last administrator, told at what would have lost it. */
function lastAdminInFields(error: unknown, changed: readonly string[]): unknown {
  if (codeOf(error) !== 'last_admin') return error;
  const fields = ['role', 'status'].filter((field) => changed.includes(field));
  const message = sentenceOf(error);
  return new HttpError(message, 409, {
    code: 'last_admin',
    errors: Object.fromEntries(fields.map((field) => [field, message])),
  });
}

function userPath(userId: Identifier, rest: string): string {
  return `/api/admin/users/${encodeURIComponent(userId)}/${rest}`;
}

function unsupported(): never {
  throw new TypeError('The API has nothing of the kind.');
}

const provider = {
  getList: async (resource: string, params: GetListParams) => {
    const { page, perPage } = params.pagination ?? { page: 1, perPage: 25 };
    const { results, hasNext } = await readPage(resource, listQuery(resource, params), page, perPage);
    // How many there are is known once the last one is seen, and not before.
    const isTotalKnown = !hasNext && (results.length > 0 || page === 1);
    return {
      data: results,
      pageInfo: { hasNextPage: hasNext, hasPreviousPage: page > 1 },
      ...(isTotalKnown ? { total: (page - 1) * perPage + results.length } : {}),
    };
  },
  getOne: async (resource: string, { id }: { id: Identifier }) => ({
    data: await ask<RaRecord>(`/api/admin/${resource}/${encodeURIComponent(id)}/`),
  }),
  create: async (resource: string, { data }: { data: object }) => ({
    data: await ask<RaRecord>(`/api/admin/${resource}/`, { method: 'POST', body: data }),
  }),
  update: async (
    resource: string,
    params: { id: Identifier; data: Record<string, unknown>; previousData: Record<string, unknown> },
  ) => {
    const { id, data, previousData } = params;
    const changed = changeable.filter(
      (field) => data[field] !== undefined && data[field] !== previousData[field],
    );
    const body = Object.fromEntries(changed.map((field) => [field, data[field]]));
    const path = `/api/admin/${resource}/${encodeURIComponent(id)}/`;
    try {
      return { data: await ask<RaRecord>(path, { method: 'PATCH', body }) };
    } catch (error) {
      throw lastAdminInFields(error, changed);
    }
  },
  delete: async (resource: string, { id }: { id: Identifier }) => {
    await ask(`/api/admin/${resource}/${encodeURIComponent(id)}/`, { method: 'DELETE' });
    return { data: { id } };
  },
  adjustBalance: (userId: Identifier, { amount, reason, key }: Adjustment) =>
    ask<AdjustedBalance>(`/api/admin/users/${encodeURIComponent(userId)}/tokens/`, {
      method: 'POST',
      body: { amount, reason },
      headers: { 'Idempotency-Key': key },
    }),
  sessions: async (userId: Identifier) =>
    (await ask<{ results: Session[] }>(userPath(userId, 'sessions/'))).results,
  endSession: (userId: Identifier, sessionId: string) =>
    ask<undefined>(userPath(userId, `sessions/${sessionId}/`), { method: 'DELETE' }),
  endSessions: (userId: Identifier, { keys }: { keys: boolean }) =>
    ask<undefined>(userPath(userId, `sessions/${keys ? '?keys=true' : ''}`), { method: 'DELETE' }),
  keys: async (userId: Identifier) => (await ask<{ results: ApiKey[] }>(userPath(userId, 'keys/'))).results,
  removeKey: (userId: Identifier, keyId: string) =>
    ask<undefined>(userPath(userId, `keys/${keyId}/`), { method: 'DELETE' }),
  removeKeys: (userId: Identifier) => ask<undefined>(userPath(userId, 'keys/'), { method: 'DELETE' }),
  setPassword: (userId: Identifier, newPassword: string, { keepsKeys }: { keepsKeys: boolean }) =>
    ask<undefined>(userPath(userId, 'password/'), {
      method: 'POST',
      body: { new_password: newPassword, keep_keys: keepsKeys },
    }),
  stats: ({ from, to }: { from: string; to: string }) =>
    ask<Stats>(`/api/admin/stats/?${new URLSearchParams({ from, to })}`),
  ledgerState: () => ask<LedgerState>('/api/admin/invariants/'),
  modelNames: async () => {
    const { results } = await ask<{ results: { name: string }[] }>('/api/models/');
    return results.map(({ name }) => name);
  },
  getMany: unsupported,
  getManyReference: unsupported,
  updateMany: unsupported,
  deleteMany: unsupported,
};

/** The one there is. */
export const dataProvider = provider as unknown as AdminDataProvider;
