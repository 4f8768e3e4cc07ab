import { Alert, Box, Button, CircularProgress } from '@mui/material';
import { useRefresh } from 'react-admin';
import { sentenceOf } from '../api/problem.js';

/** What stands where a page will be. */
export function Waiting() {
  return (
    <Box sx={{ p: 6, textAlign: 'center' }}>
      <CircularProgress aria-label="Loading" />
    </Box>
  );
}

/** What stands where a page could not be had, with a way to try again. */
export function Failed({ error }: { error: unknown }) {
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
          Try again
        </Button>
      }
    >
      {sentenceOf(error)}
    </Alert>
  );
}
