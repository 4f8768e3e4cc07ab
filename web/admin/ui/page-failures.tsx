import { Alert, Box, Button, Typography } from '@mui/material';
import { text } from '../texts/texts.js';
import { PageTitle } from './page-title.js';

/** Shown for an address that leads nowhere. */
export function MissingPage() {
  return (
    <Box sx={{ p: 4 }}>
      <PageTitle title={text('ra.page.not_found')} />
      <Typography>{text('ra.message.not_found')}</Typography>
    </Box>
  );
}

/** Shown in the place of a page that threw an error. */
export function FailedPage() {
  return (
    <Alert
      severity="error"
      sx={{ m: 2 }}
      action={
        <Button
          color="inherit"
          size="small"
          onClick={() => {
            location.reload();
          }}
        >
          {text('ra.action.update_application')}
        </Button>
      }
    >
      {text('ra.message.error')}
    </Alert>
  );
}
