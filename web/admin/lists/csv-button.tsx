import DownloadIcon from '@mui/icons-material/Download';
import { basePath } from '../../base-path.js';
import { useState } from 'react';
import { Button, useListContext, useNotify } from 'react-admin';
import { ask } from '../api/ask.js';
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
      const path = `/api/admin/${resource}/?${listQuery(resource, { filter: filters, sort })}`;
      // A link renews no session, and says nothing when it is refused.
      await ask(`${path}&limit=1`);
      followDownload(`${basePath}${path}&format=csv`);
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

/** Leaves a file to the browser, which writes it to its disk as it comes and tells when it breaks off. */
function followDownload(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  // How a server without TLS knows its own page's link.
  link.referrerPolicy = 'same-origin';
  link.click();
}
