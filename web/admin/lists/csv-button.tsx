import DownloadIcon from '@mui/icons-material/Download';
import { useState } from 'react';
import { Button } from '@mui/material';
import { useListContext, useNotify } from 'react-admin';
import { fetchJson } from '../api/fetch-json.js';
import { failureMessage } from '../api/failure.js';
import { listQuery } from './list-query.js';
import { startDownload } from './start-download.js';
import { text } from '../texts/texts.js';

/** Downloads the whole list, with its filters and order, as CSV. */
export function CsvButton() {
  const { resource, sort, ...list } = useListContext();
  const filters = { ...(list.filterValues as object), ...(list.filter as object | undefined) };
  const [isBusy, setIsBusy] = useState(false);
  const notify = useNotify();
  const save = async () => {
    setIsBusy(true);
    try {
      const path = `/api/admin/${resource}/?${listQuery({ filter: filters, sort })}`;
      // A link cannot renew the session and shows no error, so a request for one row checks both first.
      await fetchJson(`${path}&limit=1`);
      startDownload(`${path}&format=csv`);
    } catch (error) {
      notify(failureMessage(error), { type: 'error' });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Button
      size="small"
      disabled={isBusy}
      onClick={() => void save()}
      startIcon={<DownloadIcon />}
      sx={{ whiteSpace: 'nowrap' }}
    >
      {text('ui.saveCsv')}
    </Button>
  );
}
