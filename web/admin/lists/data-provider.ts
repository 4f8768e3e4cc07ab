import {
  HttpError,
  type DataProvider,
  type GetListParams,
  type Identifier,
  type RaRecord,
} from 'react-admin';
import { fetchJson } from '../api/fetch-json.js';
import type {
  Identity,
  AccountAllowance,
  Adjustment,
  AllowanceChange,
  ApiKey,
  Cap,
  Conversation,
  CreatedServiceKey,
  Entry,
  Exchange,
  Factors,
  LedgerAudit,
  Lot,
  Model,
  ModelWithHealth,
  NewCap,
  NewServiceKey,
  Page,
  ServiceKey,
  Session,
  Statistics,
} from '../../api/api-objects.js';
import { failureCode, failureMessage } from '../api/failure.js';
import { currentIdentity } from '../session/identity.js';
import { paged, shopRequests } from './shop-requests.js';
import { readPage } from './read-page.js';
import { listQuery } from './list-query.js';

type ShopRequests = typeof shopRequests;

/** The data provider of react-admin, with methods for the requests that react-admin does not know. */
export interface AdminDataProvider extends DataProvider, ShopRequests {
  /** Applies an adjustment once for each idempotency key. */
  adjustBalance(userId: Identifier, adjustment: Adjustment, idempotencyKey: string): Promise<Entry>;
  identities(userId: Identifier): Promise<Identity[]>;
  removeIdentity(userId: Identifier, identityId: string): Promise<unknown>;
  factors(userId: Identifier): Promise<Factors>;
  resetFactors(userId: Identifier): Promise<unknown>;
  sessions(userId: Identifier): Promise<Session[]>;
  endSession(userId: Identifier, sessionId: string): Promise<unknown>;
  endSessions(userId: Identifier, options: { keys: boolean }): Promise<unknown>;
  keys(userId: Identifier): Promise<ApiKey[]>;
  removeKey(userId: Identifier, keyId: string): Promise<unknown>;
  removeKeys(userId: Identifier): Promise<unknown>;
  setPassword(userId: Identifier, newPassword: string, options: { keepsKeys: boolean }): Promise<unknown>;
  /** The newest lots; with `onlyLeft` those that have something left. */
  lots(userId: Identifier, options: { onlyLeft: boolean }): Promise<Page<Lot>>;
  allowance(userId: Identifier): Promise<AccountAllowance>;
  setAllowance(userId: Identifier, change: AllowanceChange): Promise<AccountAllowance>;
  removeAllowance(userId: Identifier): Promise<unknown>;
  caps(userId: Identifier): Promise<Cap[]>;
  setCap(userId: Identifier, cap: NewCap): Promise<Cap>;
  removeCap(userId: Identifier, capId: string): Promise<unknown>;
  serviceKeys(): Promise<ServiceKey[]>;
  createServiceKey(key: NewServiceKey): Promise<CreatedServiceKey>;
  removeServiceKey(keyId: string): Promise<unknown>;
  /** The statistics of all accounts, or of one. */
  statistics(range: { from: string; to: string; user?: string }): Promise<Statistics>;
  conversations(userId: Identifier, cursor: string | null): Promise<Page<Conversation>>;
  /** A conversation with a page of its messages, newest first. */
  conversation(userId: Identifier, id: string, cursor: string | null): Promise<Conversation & Page<Exchange>>;
  auditLedger(): Promise<LedgerAudit>;
  modelNames(): Promise<string[]>;
  models(): Promise<ModelWithHealth[]>;
}

/** What a list asks of `getList`. */
interface ListMeta {
  withTotal?: boolean;
}

const changeableFields = ['username', 'email', 'role', 'status'];

/** Shows the error that an account is the last administrator at the fields that were changed. */
function withLastAdminAtFields(error: unknown, changed: readonly string[]): unknown {
  if (failureCode(error) !== 'last_admin') return error;
  const fields = ['role', 'status'].filter((field) => changed.includes(field));
  const message = failureMessage(error);
  return new HttpError(message, 409, {
    code: 'last_admin',
    errors: Object.fromEntries(fields.map((field) => [field, message])),
  });
}

function userPath(userId: Identifier, rest: string): string {
  return `/api/admin/users/${encodeURIComponent(userId)}/${rest}`;
}

async function readOrNull(resource: string, id: Identifier): Promise<RaRecord | null> {
  try {
    return await fetchJson<RaRecord>(`/api/admin/${resource}/${encodeURIComponent(id)}/`);
  } catch (error) {
    if (failureCode(error) === 'not_found') return null;
    throw error;
  }
}

function unsupported(): never {
  throw new TypeError('The API does not support this.');
}

const provider = {
  getList: async (resource: string, params: GetListParams) => {
    const { page, perPage } = params.pagination ?? { page: 1, perPage: 25 };
    const query = listQuery(params);
    if ((params.meta as ListMeta | undefined)?.withTotal === true) query.set('total', 'true');
    const { results, hasNext, total } = await readPage(resource, query, page, perPage);
    // Numbers of pages would promise that each can be opened at once; the API pages by cursor.
    const isTotalKnown = !hasNext && (results.length > 0 || page === 1);
    return {
      data: results,
      pageInfo: { hasNextPage: hasNext, hasPreviousPage: page > 1 },
      meta: { total },
      ...(isTotalKnown ? { total: (page - 1) * perPage + results.length } : {}),
    };
  },
  getOne: async (resource: string, { id }: { id: Identifier }) => ({
    data: await fetchJson<RaRecord>(`/api/admin/${resource}/${encodeURIComponent(id)}/`),
  }),
  create: async (resource: string, { data }: { data: object }) => ({
    data: await fetchJson<RaRecord>(`/api/admin/${resource}/`, { method: 'POST', body: data }),
  }),
  update: async (
    resource: string,
    params: { id: Identifier; data: Record<string, unknown>; previousData: Record<string, unknown> },
  ) => {
    const { id, data, previousData } = params;
    const changed = changeableFields.filter(
      (field) => data[field] !== undefined && data[field] !== previousData[field],
    );
    const body = Object.fromEntries(changed.map((field) => [field, data[field]]));
    const path = `/api/admin/${resource}/${encodeURIComponent(id)}/`;
    try {
      return { data: await fetchJson<RaRecord>(path, { method: 'PATCH', body }) };
    } catch (error) {
      throw withLastAdminAtFields(error, changed);
    }
  },
  delete: async (resource: string, { id }: { id: Identifier }) => {
    await fetchJson(`/api/admin/${resource}/${encodeURIComponent(id)}/`, { method: 'DELETE' });
    return { data: { id } };
  },
  adjustBalance: (userId: Identifier, body: Adjustment, idempotencyKey: string) =>
    fetchJson<Entry>(userPath(userId, 'tokens/'), {
      method: 'POST',
      body,
      headers: { 'Idempotency-Key': idempotencyKey },
    }),
  identities: async (userId: Identifier) =>
    (await fetchJson<Page<Identity>>(userPath(userId, 'identities/'))).results,
  removeIdentity: (userId: Identifier, identityId: string) =>
    fetchJson<undefined>(userPath(userId, `identities/${identityId}/`), { method: 'DELETE' }),
  factors: (userId: Identifier) => fetchJson<Factors>(userPath(userId, 'factors/')),
  resetFactors: (userId: Identifier) =>
    fetchJson<undefined>(userPath(userId, 'factors/'), { method: 'DELETE' }),
  sessions: async (userId: Identifier) =>
    (await fetchJson<Page<Session>>(userPath(userId, 'sessions/'))).results,
  endSession: (userId: Identifier, sessionId: string) =>
    fetchJson<undefined>(userPath(userId, `sessions/${sessionId}/`), { method: 'DELETE' }),
  endSessions: (userId: Identifier, { keys }: { keys: boolean }) =>
    fetchJson<undefined>(userPath(userId, `sessions/${keys ? '?keys=true' : ''}`), { method: 'DELETE' }),
  keys: async (userId: Identifier) => (await fetchJson<Page<ApiKey>>(userPath(userId, 'keys/'))).results,
  removeKey: (userId: Identifier, keyId: string) =>
    fetchJson<undefined>(userPath(userId, `keys/${keyId}/`), { method: 'DELETE' }),
  removeKeys: (userId: Identifier) => fetchJson<undefined>(userPath(userId, 'keys/'), { method: 'DELETE' }),
  setPassword: (userId: Identifier, newPassword: string, { keepsKeys }: { keepsKeys: boolean }) =>
    fetchJson<undefined>(userPath(userId, 'password/'), {
      method: 'POST',
      body: { new_password: newPassword, keep_keys: keepsKeys },
    }),
  lots: (userId: Identifier, { onlyLeft }: { onlyLeft: boolean }) =>
    fetchJson<Page<Lot>>(userPath(userId, `lots/?limit=100${onlyLeft ? '&left=true' : ''}`)),
  allowance: (userId: Identifier) => fetchJson<AccountAllowance>(userPath(userId, 'allowance/')),
  setAllowance: (userId: Identifier, body: AllowanceChange) =>
    fetchJson<AccountAllowance>(userPath(userId, 'allowance/'), { method: 'PUT', body }),
  removeAllowance: (userId: Identifier) =>
    fetchJson<undefined>(userPath(userId, 'allowance/'), { method: 'DELETE' }),
  caps: async (userId: Identifier) => (await fetchJson<Page<Cap>>(userPath(userId, 'caps/'))).results,
  setCap: (userId: Identifier, body: NewCap) =>
    fetchJson<Cap>(userPath(userId, 'caps/'), { method: 'POST', body }),
  removeCap: (userId: Identifier, capId: string) =>
    fetchJson<undefined>(userPath(userId, `caps/${capId}/`), { method: 'DELETE' }),
  serviceKeys: async () => (await fetchJson<Page<ServiceKey>>('/api/admin/service-keys/')).results,
  createServiceKey: (body: NewServiceKey) =>
    fetchJson<CreatedServiceKey>('/api/admin/service-keys/', { method: 'POST', body }),
  removeServiceKey: (keyId: string) =>
    fetchJson<undefined>(`/api/admin/service-keys/${keyId}/`, { method: 'DELETE' }),
  statistics: (range: { from: string; to: string; user?: string }) =>
    fetchJson<Statistics>(`/api/admin/stats/?${new URLSearchParams(range)}`),
  conversations: (userId: Identifier, cursor: string | null) =>
    fetchJson<Page<Conversation>>(paged(userPath(userId, 'conversations/'), cursor)),
  conversation: (userId: Identifier, id: string, cursor: string | null) =>
    fetchJson<Conversation & Page<Exchange>>(
      paged(userPath(userId, `conversations/${encodeURIComponent(id)}/`), cursor),
    ),
  auditLedger: () => fetchJson<LedgerAudit>('/api/admin/invariants/'),
  modelNames: async () => {
    const { results } = await fetchJson<Page<Model>>('/api/models/');
    return results.map(({ name }) => name);
  },
  models: async () => (await fetchJson<Page<ModelWithHealth>>('/api/admin/models/')).results,
  ...shopRequests,
  /** Without those that do not exist any more. */
  getMany: async (resource: string, { ids }: { ids: Identifier[] }) => {
    const found = await Promise.all(ids.map((id) => readOrNull(resource, id)));
    return { data: found.filter((record) => record !== null) };
  },
  getManyReference: unsupported,
  updateMany: unsupported,
  deleteMany: unsupported,
};

/** Reads the signed-in user first, once, because amounts cannot be shown before the unit of the server is known. */
function afterIdentity<Arguments extends unknown[], Result>(
  method: (...parameters: Arguments) => Promise<Result> | Result,
): (...parameters: Arguments) => Promise<Result> {
  return async (...parameters) => {
    await currentIdentity();
    return method(...parameters);
  };
}

/** The data provider of the administration page. */
export const dataProvider = Object.fromEntries(
  Object.entries(provider).map(([name, method]) => [name, afterIdentity(method as () => unknown)]),
) as unknown as AdminDataProvider;
