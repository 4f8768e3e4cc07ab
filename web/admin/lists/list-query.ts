import type { GetListParams } from 'react-admin';

/** Converts the filters and order of a list to query parameters, without `limit` and `cursor`. */
export function listQuery(
  resource: string,
  { filter, sort }: Pick<GetListParams, 'filter' | 'sort'>,
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((filter ?? {}) as Record<string, unknown>)) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    query.set(name, name === 'from' || name === 'to' ? toIsoTime(value) : value.trim());
  }
  if (resource === 'users' && sort !== undefined) {
    query.set('sort', `${sort.order === 'DESC' ? '-' : ''}${sort.field}`);
  }
  return query;
}

/** Converts a local time from a browser's input to ISO 8601 in UTC. */
function toIsoTime(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? local : moment.toISOString();
}
