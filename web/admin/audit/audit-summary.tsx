import { Box } from '@mui/material';
import { SignedAmount } from '../ui/amount.js';
import { changesText, type AuditDetails } from './audit-values.js';

/** By how much, why, and what an event changed, below its sentence; nothing if there is no more to say. */
export function AuditSummary({ details }: { details: AuditDetails | null }) {
  if (details === null) return null;
  const { amount, reason } = details;
  return (
    <Box component="span" sx={{ display: 'block', color: 'text.secondary', overflowWrap: 'anywhere' }}>
      {amount === null ? (
        changesText(details)
      ) : (
        <>
          <SignedAmount amount={amount} />
          {reason === null ? '' : ` · ${reason}`}
        </>
      )}
    </Box>
  );
}
