import { Box } from '@mui/material';

const whole = new Intl.NumberFormat();
const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });

/** Formats a number in the language of the browser. */
export function amountText(amount: number): string {
  return whole.format(amount);
}

/** Formats a number with its sign. */
export function signedText(amount: number): string {
  return signed.format(amount);
}

/** An amount that was added or taken. */
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
      {signedText(amount)}
    </Box>
  );
}
