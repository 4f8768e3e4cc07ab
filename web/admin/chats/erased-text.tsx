import { Typography } from '@mui/material';

/** In the place of a text that was erased. */
export function ErasedText() {
  return (
    <Typography component="span" color="text.secondary" sx={{ fontStyle: 'italic' }}>
      Erased
    </Typography>
  );
}
