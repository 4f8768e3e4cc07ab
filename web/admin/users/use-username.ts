import { useGetManyAggregate } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';

/** Returns the name of an account, which is null if the account is erased. */
export function useUsername(id: string | null): { username: string | null; isLoading: boolean } {
  const { data, isLoading } = useGetManyAggregate<ListedUser>(
    'users',
    { ids: id === null ? [] : [id] },
    { enabled: id !== null },
  );
  return { username: data?.[0]?.username ?? null, isLoading };
}
