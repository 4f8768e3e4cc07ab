import BrokenIcon from '@mui/icons-material/ErrorOutlined';
import SoundIcon from '@mui/icons-material/CheckCircleOutlined';
import { Alert, Box, Card, CardContent, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useDataProvider } from 'react-admin';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { amountText } from '../look/amount.js';
import { counted } from '../look/counted.js';
import { Failed, Waiting } from '../look/outcome.js';
import { invariantSentences } from './invariants.js';

/** Whether the ledger keeps its promises, one by one. */
export function LedgerCard() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { data: state, error } = useQuery({
    queryKey: ['ledgerState'],
    queryFn: () => dataProvider.ledgerState(),
  });
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          The ledger
        </Typography>
        {error !== null ? (
          <Failed error={error} />
        ) : state === undefined ? (
          <Waiting />
        ) : (
          <>
            <Verdict broken={state.broken} />
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
              {Object.entries(state.broken).map(([name, count]) => (
                <Invariant key={name} name={name} count={count} />
              ))}
            </Box>
            {state.overdue_holds === 0 ? null : (
              <Typography color="text.secondary" sx={{ mt: 1 }}>
                {counted(state.overdue_holds, 'hold')} past the deadline; the next look releases them.
              </Typography>
            )}
          </>
        )}
      </CardContent>
    </Card>
  );
}

function Verdict({ broken }: { broken: Record<string, number> }) {
  const count = Object.values(broken).filter((rows) => rows > 0).length;
  return (
    <Alert severity={count === 0 ? 'success' : 'error'} variant="outlined" sx={{ mb: 2 }}>
      {count === 0
        ? 'The ledger is sound: all of its rules hold.'
        : `The ledger is not sound: ${counted(count, 'rule')} broken. Stop and look before anything is changed.`}
    </Alert>
  );
}

function Invariant({ name, count }: { name: string; count: number }) {
  const sentence = invariantSentences[name];
  const isSound = count === 0;
  const Icon = isSound ? SoundIcon : BrokenIcon;
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
      <Icon
        fontSize="small"
        color={isSound ? 'success' : 'error'}
        titleAccess={isSound ? 'Holds' : 'Broken'}
      />
      <Typography variant="body2">
        {sentence?.holds ?? name}
        {isSound ? null : (
          <Typography component="b" variant="body2" color="error" sx={{ fontWeight: 650 }}>
            {' '}
            {amountText(count)} {sentence?.broken ?? 'rows break this'}.
          </Typography>
        )}
      </Typography>
    </Box>
  );
}
