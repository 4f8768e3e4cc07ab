import { Typography } from '@mui/material';
import { text } from '../texts/page-texts.js';

/** In the place of a text that was erased. */
export function ErasedText() {
  return (
    <Typography component="span" color="text.secondary" sx={{ fontStyle: 'italic' }}>
      {text('chat.erasedText')}
    </Typography>
  );
}
