import { Alert, Box, Button, Typography } from '@mui/material';
import type { CreatedWebhook } from '../../api/shop-objects.js';
import { CopyButton } from '../ui/copy-button.js';
import { text } from '../texts/page-texts.js';

/** The secret of a new endpoint, which cannot be read again. */
export function NewSecret({ created, onClose }: { created: CreatedWebhook; onClose: () => void }) {
  return (
    <Alert severity="success" variant="outlined" sx={{ '& .MuiAlert-message': { minWidth: 0 } }}>
      <Typography sx={{ overflowWrap: 'anywhere' }}>
        {text('webhook.secret', { url: created.url })}
      </Typography>
      <Box component="code" sx={{ userSelect: 'all', overflowWrap: 'anywhere' }}>
        {created.secret}
      </Box>
      <Box sx={{ mt: 1, display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <CopyButton content={created.secret} label={text('webhook.copySecret')} />
        <Button size="small" variant="outlined" onClick={onClose}>
          {text('webhook.secretCopied')}
        </Button>
      </Box>
    </Alert>
  );
}
