import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { copyText } from './copy-text.js';

/** A button that copies a text. Without a clipboard it says that the text must be selected. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const notify = useNotify();
  return (
    <Button
      size="small"
      variant="contained"
      startIcon={isCopied ? <CheckIcon /> : <CopyIcon />}
      onClick={() => {
        copyText(text).then(
          () => {
            setIsCopied(true);
          },
          () => {
            notify('This browser does not let the page copy. Select the text and copy it.', { type: 'info' });
          },
        );
      }}
    >
      {isCopied ? 'Copied' : label}
    </Button>
  );
}
