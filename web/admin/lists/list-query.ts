import type { GetListParams } from 'react-admin';

/** Converts the filters and order of a list to query parameters, without `limit` and `cursor`. */
export function listQuery({ filter, sort }: Pick<GetListParams, 'filter' | 'sort'>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((filter ?? {}) as Record<string, unknown>)) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    query.set(name, name === 'from' || name === 'to' ? toIsoTime(value) : value.trim());
  }
  if (sort !== undefined) {
    // Without a choice react-admin sorts by id, which is the order of time.
    const field = sort.field === 'id' ? 'created_at' : sort.field;
    query.set('sort', `${sort.order === 'DESC' ? '-' : ''}${field}`);
  }
  return query;
}

/** Converts a local time from a browser's input to ISO 8601 in UTC. */
function toIsoTime(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? local : moment.toISOString();
}
