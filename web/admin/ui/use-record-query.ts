import { useNotify, useRedirect } from 'react-admin';
import { failureCode, failureMessage } from '../api/failure.js';

/** The options with which a page reads its record: only a record that does not exist leads back to its list. */
export function useRecordQuery(resource: string) {
  const notify = useNotify();
  const redirect = useRedirect();
  return {
    onError: (error: unknown) => {
      if (failureCode(error) !== 'not_found') {
        notify(failureMessage(error), { type: 'error' });
        return;
      }
      notify('ra.notification.item_doesnt_exist', { type: 'error' });
      redirect('list', resource);
    },
  };
}
