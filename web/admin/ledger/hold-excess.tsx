import { Box } from '@mui/material';
import { creditNumber } from '../../api/credits.js';
import { text } from '../texts/page-texts.js';

interface Excess {
  tokens_beyond_hold: number | null;
  tokens_uncollected: number | null;
}

/** What a charge took from the balance beyond its hold, and what nothing covered; nothing if the hold was enough. */
export function HoldExcess({
  of: { tokens_beyond_hold: beyond, tokens_uncollected: uncollected },
}: {
  of: Excess;
}) {
  const parts = [
    ...(beyond ? [text('entry.beyondHold', { amount: creditNumber(beyond) })] : []),
    ...(uncollected ? [text('entry.notCollected', { amount: creditNumber(uncollected) })] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <Box component="span" sx={{ display: 'block', color: 'warning.main' }}>
      {parts.join(', ')}
    </Box>
  );
}
