import BrokenIcon from '@mui/icons-material/ErrorOutlined';
import SoundIcon from '@mui/icons-material/CheckCircleOutlined';
import { Alert, Box, Card, CardContent, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useDataProvider } from 'react-admin';
import { answered } from '../lists/answered.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { counted } from '../look/counted.js';
import { Failed, Waiting } from '../look/outcome.js';
import type { LedgerState } from './stats.js';

/** Whether the ledger keeps its promises, one by one. */
export function LedgerCard() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { data: state, error } = useQuery({
    queryKey: ['ledgerState'],
    queryFn: async () => answered(await dataProvider.ledgerState()),
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
            <Verdict state={state} />
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
              {state.results.map((rule) => (
                <Rule key={rule.name} rule={rule} />
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

function Verdict({ state: { sound, results } }: { state: LedgerState }) {
  const brokenCount = results.filter(({ passes }) => !passes).length;
  return (
    <Alert severity={sound ? 'success' : 'error'} variant="outlined" sx={{ mb: 2 }}>
      {sound
        ? `The ledger is sound: all of its ${results.length} rules hold.`
        : `The ledger is not sound: ${counted(brokenCount, 'rule')} broken. Find out why before any balance is changed.`}
    </Alert>
  );
}

function Rule({ rule }: { rule: LedgerState['results'][number] }) {
  const { sentence, violations, passes } = rule;
  const Icon = passes ? SoundIcon : BrokenIcon;
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
      <Icon fontSize="small" color={passes ? 'success' : 'error'} titleAccess={passes ? 'Holds' : 'Broken'} />
      <Typography variant="body2">
        {sentence}.
        {passes ? null : (
          <Typography component="b" variant="body2" color="error" sx={{ fontWeight: 650 }}>
            {' '}
            Broken by {counted(violations, 'row')}.
          </Typography>
        )}
      </Typography>
    </Box>
  );
}
