import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** The title of a card, with buttons beside it. */
export function CardHead({ id, title, actions }: { id: string; title: string; actions?: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        alignItems: 'center',
        justifyContent: 'space-between',
      }}
    >
      <Typography id={id} component="h2" variant="h6" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {title}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>{actions}</Box>
    </Box>
  );
}
