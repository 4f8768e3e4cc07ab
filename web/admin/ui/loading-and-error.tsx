import { Alert, Box, Button, CircularProgress } from '@mui/material';
import { useRefresh } from 'react-admin';
import { failureMessage } from '../api/failure.js';
import { text } from '../texts/texts.js';

/** Shown while a page loads. */
export function Loading() {
  return (
    <Box sx={{ p: 6, textAlign: 'center' }}>
      <CircularProgress aria-label={text('ui.loading')} />
    </Box>
  );
}

/** Shown if a page could not be loaded, with a button that tries again. */
export function LoadError({ error }: { error: unknown }) {
  const refresh = useRefresh();
  return (
    <Alert
      severity="error"
      sx={{ m: 2 }}
      action={
        <Button
          color="inherit"
          size="small"
          onClick={() => {
            refresh();
          }}
        >
          {text('ui.tryAgain')}
        </Button>
      }
    >
      {failureMessage(error)}
    </Alert>
  );
}
