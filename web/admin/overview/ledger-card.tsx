import BrokenIcon from '@mui/icons-material/ErrorOutlined';
import SoundIcon from '@mui/icons-material/CheckCircleOutlined';
import { Alert, Box, Card, CardContent, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useDataProvider } from 'react-admin';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { pluralize } from '../ui/pluralize.js';
import { LoadError, Loading } from '../ui/loading-and-error.js';
import type { LedgerAudit } from '../../api/api-objects.js';

/** The result of each rule that the ledger is checked by. */
export function LedgerCard() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { data: audit, error } = useQuery({
    queryKey: ['auditLedger'],
    queryFn: () => dataProvider.auditLedger(),
  });
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          The ledger
        </Typography>
        {error !== null ? (
          <LoadError error={error} />
        ) : audit === undefined ? (
          <Loading />
        ) : (
          <>
            <Verdict audit={audit} />
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
              {audit.results.map((rule) => (
                <Rule key={rule.name} rule={rule} />
              ))}
            </Box>
            {audit.overdue_holds === 0 ? null : (
              <Typography color="text.secondary" sx={{ mt: 1 }}>
                {pluralize(audit.overdue_holds, 'hold')} past the deadline. The server releases them within
                seconds.
              </Typography>
            )}
          </>
        )}
      </CardContent>
    </Card>
  );
}

function Verdict({ audit: { sound, results } }: { audit: LedgerAudit }) {
  const brokenCount = results.filter(({ passes }) => !passes).length;
  return (
    <Alert severity={sound ? 'success' : 'error'} variant="outlined" sx={{ mb: 2 }}>
      {sound
        ? `The ledger is sound: all of its ${results.length} rules hold.`
        : `The ledger is not sound: ${pluralize(brokenCount, 'rule')} broken. Find the cause before you change any balance.`}
    </Alert>
  );
}

function Rule({ rule }: { rule: LedgerAudit['results'][number] }) {
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
            Broken by {pluralize(violations, 'row')}.
          </Typography>
        )}
      </Typography>
    </Box>
  );
}
