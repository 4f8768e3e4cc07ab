import { Box } from '@mui/material';
import { numberFormat } from '../../language/message.js';
import { signedCredits } from '../../api/credits.js';

/** Formats a count, which is no amount of credits, in the language of the page. */
export function countText(count: number): string {
  return numberFormat().format(count);
}

/** Credits that were added or taken. */
export function SignedAmount({ amount }: { amount: number }) {
  return (
    <Box
      component="span"
      sx={{
        color: amount > 0 ? 'success.main' : 'text.primary',
        fontVariantNumeric: 'tabular-nums',
        whiteSpace: 'nowrap',
      }}
    >
      {signedCredits(amount)}
    </Box>
  );
}
