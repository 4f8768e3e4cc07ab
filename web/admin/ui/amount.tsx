import { Box } from '@mui/material';
import { signedCredits } from '../../api/credits.js';

const whole = new Intl.NumberFormat();

/** Formats a count, which is no amount of credits, in the language of the browser. */
export function countText(count: number): string {
  return whole.format(count);
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
