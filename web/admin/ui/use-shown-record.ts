import { useShowContext, type RaRecord } from 'react-admin';

/**
 * Returns the record of a page and the error of reading it. The record is undefined while it is read; also if the session has
 * ended, where react-admin opens the sign-in page and passes an empty record.
 */
export function useShownRecord<Shown extends RaRecord>() {
  const { record, error } = useShowContext<Shown>();
  return { record: record !== undefined && 'id' in record ? record : undefined, error };
}
