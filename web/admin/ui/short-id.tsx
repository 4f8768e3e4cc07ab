import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import { Box, IconButton } from '@mui/material';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { copyText } from './copy-text.js';
import { text } from '../texts/texts.js';

/** The last characters of an id, in which ids differ most, with a button that copies the whole id. */
export function ShortId({ id, of }: { id: string; of: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const notify = useNotify();
  const copy = () => {
    copyText(id).then(
      () => {
        setIsCopied(true);
        setTimeout(() => {
          setIsCopied(false);
        }, copiedShownMs);
      },
      () => {
        notify(id, { type: 'info', autoHideDuration: null });
      },
    );
  };
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      <Box component="code" title={id} sx={{ fontSize: '0.9em' }}>
        …{id.slice(-8)}
      </Box>
      <IconButton
        size="small"
        aria-label={text(isCopied ? 'id.copied' : 'id.copy', { what: of })}
        title={text('id.copyValue', { id })}
        onClick={(event) => {
          event.stopPropagation();
          copy();
        }}
        sx={{ ml: 0.25, p: 0.5 }}
      >
        {isCopied ? <CheckIcon sx={{ fontSize: 15 }} /> : <CopyIcon sx={{ fontSize: 15 }} />}
      </IconButton>
    </Box>
  );
}

const copiedShownMs = 1500;
