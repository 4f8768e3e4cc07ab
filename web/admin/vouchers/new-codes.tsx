import { Alert, Box, Button, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { saveFile } from '../../api/save-file.js';
import type { CreatedVouchers } from '../../api/shop-objects.js';
import { codesFile } from './codes-file.js';
import { VoucherSheet } from './voucher-sheet.js';
import { text } from '../texts/page-texts.js';

const maxShown = 200;

/** The codes of a new batch, which cannot be read again: as a file, and as a page to print. */
export function NewCodes({ batch, onClose }: { batch: CreatedVouchers; onClose: () => void }) {
  const [isPrinting, setIsPrinting] = useState(false);
  useAskBeforeUnload();
  const { codes } = batch;
  return (
    <Alert severity="success" variant="outlined" sx={{ '& .MuiAlert-message': { minWidth: 0, flex: 1 } }}>
      <Typography>{text('codes.created', { count: codes.length })}</Typography>
      <Box
        component="ul"
        tabIndex={0}
        aria-label={text('codes.list')}
        sx={{
          my: 1,
          mx: 0,
          p: 0,
          listStyle: 'none',
          maxHeight: 200,
          overflowY: 'auto',
          display: 'grid',
          gap: 0.25,
          gridTemplateColumns: 'repeat(auto-fill, minmax(13rem, 1fr))',
        }}
      >
        {codes.slice(0, maxShown).map((code) => (
          <li key={code}>
            <Box component="code" sx={{ userSelect: 'all' }}>
              {code}
            </Box>
          </li>
        ))}
      </Box>
      {codes.length > maxShown ? (
        <Typography sx={{ mb: 1 }}>{text('codes.more', { count: codes.length - maxShown })}</Typography>
      ) : null}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button
          size="small"
          variant="contained"
          onClick={() => {
            saveFile(codesFile(batch), `vouchers-${batch.id}.csv`);
          }}
        >
          {text('ui.saveCsv')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          onClick={() => {
            setIsPrinting(true);
          }}
        >
          {text('codes.print')}
        </Button>
        <Button size="small" variant="outlined" onClick={onClose}>
          {text('codes.saved')}
        </Button>
      </Box>
      {isPrinting ? (
        <VoucherSheet
          batch={batch}
          onClose={() => {
            setIsPrinting(false);
          }}
        />
      ) : null}
    </Alert>
  );
}

/** The browser asks before the page with the codes is closed or loaded again. */
function useAskBeforeUnload(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
    };
  }, []);
}
