import BrokenIcon from '@mui/icons-material/ErrorOutlined';
import SoundIcon from '@mui/icons-material/CheckCircleOutlined';
import { Alert, Box, Card, CardContent, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useDataProvider } from 'react-admin';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { LoadError, Loading } from '../ui/loading-and-error.js';
import type { LedgerAudit } from '../../api/api-objects.js';
import { text } from '../texts/texts.js';

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
          {text('ledger.title')}
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
                {text('ledger.overdue', { count: audit.overdue_holds })}
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
        ? text('ledger.sound', { count: results.length })
        : text('ledger.notSound', { count: brokenCount })}
    </Alert>
  );
}

function Rule({ rule }: { rule: LedgerAudit['results'][number] }) {
  const { name, violations, passes } = rule;
  const Icon = passes ? SoundIcon : BrokenIcon;
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
      <Icon
        fontSize="small"
        color={passes ? 'success' : 'error'}
        titleAccess={text(passes ? 'ledger.holds' : 'ledger.broken')}
      />
      <Typography variant="body2">
        {text(`rule.${name}`)}.
        {passes ? null : (
          <Typography component="b" variant="body2" color="error" sx={{ fontWeight: 650 }}>
            {' '}
            {text('ledger.brokenBy', { count: violations })}
          </Typography>
        )}
      </Typography>
    </Box>
  );
}
