import { Box, Paper, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { LanguageButton } from '../ui/language-button.js';

/** The frame of pages for users who are not signed in. */
export function CenteredCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box
      component="main"
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2, bgcolor: 'background.default' }}
    >
      <Paper variant="outlined" sx={{ width: '100%', maxWidth: 420, p: { xs: 3, sm: 4 } }}>
        <Box sx={{ display: 'flex', justifyContent: 'space-between', mb: 2 }}>
          <Box component="img" src={iconUrl} alt="" sx={{ width: 36, height: 36 }} />
          <LanguageButton />
        </Box>
        <Typography component="h1" variant="h5" gutterBottom>
          {title}
        </Typography>
        {children}
      </Paper>
    </Box>
  );
}

const iconUrl = new URL('../../icon.svg', import.meta.url).href;
