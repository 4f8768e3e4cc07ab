import { Card, CardContent, TableCell, TableRow, Typography } from '@mui/material';
import type { Statistics } from '../../api/api-objects.js';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import { countText } from '../ui/amount.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { TextLink } from '../ui/text-link.js';
import { UserLink } from '../ui/user-link.js';
import { listPath, sinceDay } from './list-path.js';
import { text } from '../texts/texts.js';

/** The accounts that were charged most, each leading to its page and to its charges. */
export function TopAccountsCard({ stats: { top_accounts: accounts, from } }: { stats: Statistics }) {
  if (accounts.length === 0) return null;
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          {text('topAccounts.title')}
        </Typography>
        <ScrollingTable
          label={text('topAccounts.title')}
          columns={[
            ...[text('topAccounts.account'), `#${text('actions.charges')}`],
            `#${text('figure.charged', { unit: unitLabel() })}`,
          ]}
        >
          {accounts.map(({ user_id: id, username, charges, tokens_charged: charged }) => (
            <TableRow key={id}>
              <TableCell sx={{ minWidth: 130, overflowWrap: 'anywhere' }}>
                <UserLink id={id} username={username} />
              </TableCell>
              <TableCell align="right">
                <TextLink
                  to={listPath('entries', { user: id, kind: 'charge', ...sinceDay(from) })}
                  label={text('topAccounts.chargesOf', {
                    charges,
                    username: username ?? text('user.anErased'),
                  })}
                >
                  {countText(charges)}
                </TextLink>
              </TableCell>
              <TableCell align="right">{alignedCredits(charged)}</TableCell>
            </TableRow>
          ))}
        </ScrollingTable>
      </CardContent>
    </Card>
  );
}
