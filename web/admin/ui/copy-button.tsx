import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { copyText } from './copy-text.js';
import { text } from '../texts/texts.js';

/** A button that copies a text. Without a clipboard it says that the text must be selected. */
export function CopyButton({ content, label }: { content: string; label: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const notify = useNotify();
  return (
    <Button
      size="small"
      variant="contained"
      startIcon={isCopied ? <CheckIcon /> : <CopyIcon />}
      onClick={() => {
        copyText(content).then(
          () => {
            setIsCopied(true);
          },
          () => {
            notify(text('ui.cannotCopy'), { type: 'info' });
          },
        );
      }}
    >
      {isCopied ? text('ui.copied') : label}
    </Button>
  );
}
