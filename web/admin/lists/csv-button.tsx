import DownloadIcon from '@mui/icons-material/Download';
import { useState } from 'react';
import { Button, useListContext, useNotify } from 'react-admin';
import { askRaw } from '../api/ask.js';
import { sentenceOf } from '../api/problem.js';
import { listQuery } from './list-query.js';

/** Saves the whole list, as its filters and order have it, as the table that the server writes. */
export function CsvButton() {
  const { resource, sort, ...list } = useListContext();
  const filters = { ...(list.filterValues as object), ...(list.filter as object | undefined) };
  const [isBusy, setIsBusy] = useState(false);
  const notify = useNotify();
  const save = async () => {
    setIsBusy(true);
    try {
      const query = listQuery(resource, {
        filter: filters,
        sort,
      });
      const response = await askRaw(`/api/admin/${resource}/?${query}`, { headers: { Accept: 'text/csv' } });
      saveAs(`metered-chat-${resource}.csv`, await wholeOf(response));
    } catch (error) {
      notify(sentenceOf(error), { type: 'error' });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Button label="Save as CSV" disabled={isBusy} onClick={() => void save()}>
      <DownloadIcon />
    </Button>
  );
}

/** Rejects when the table breaks off: half of one looks like a whole one. */
async function wholeOf(response: Response): Promise<Blob> {
  try {
    return await response.blob();
  } catch (error) {
    throw new Error('The table broke off before its end, so it was not saved. Try again.', { cause: error });
  }
}

function saveAs(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
