import { Box } from '@mui/material';

const whole = new Intl.NumberFormat();
const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });

/** A number of tokens, chats or accounts as people read it. */
export function amountText(amount: number): string {
  return whole.format(amount);
}

/** The same, with its sign. */
export function signedText(amount: number): string {
  return signed.format(amount);
}

/** An amount that goes one way or the other. */
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
