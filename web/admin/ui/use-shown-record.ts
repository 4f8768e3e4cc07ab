import { useShowContext, type RaRecord } from 'react-admin';

/** Returns the record of a page, and the error of reading it. A record that could not be read again stays, with what is typed in its dialogs. */
export function useShownRecord<Shown extends RaRecord>() {
  const { record, error } = useShowContext<Shown>();
  return record === undefined ? { record, error } : { record, error: null };
}
