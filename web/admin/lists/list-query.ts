import type { GetListParams } from 'react-admin';

/** A list's filters and order as the API takes them; `limit` and `cursor` are not among them. */
export function listQuery(
  resource: string,
  { filter, sort }: Pick<GetListParams, 'filter' | 'sort'>,
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((filter ?? {}) as Record<string, unknown>)) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    query.set(name, name === 'from' || name === 'to' ? timeOf(value) : value.trim());
  }
  if (resource === 'users' && sort !== undefined) {
    query.set('sort', `${sort.order === 'DESC' ? '-' : ''}${sort.field}`);
  }
  return query;
}

/** A time on the reader's clock, as their browser writes it, as a moment. */
function timeOf(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? local : moment.toISOString();
}
