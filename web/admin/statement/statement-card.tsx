import { Button, MenuItem, TableCell, TableRow, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import type { Statement } from '../../api/shop-objects.js';
import { lineText, monthText, monthsUntil } from '../../api/statement-texts.js';
import { lotKindText } from '../../api/wallet-texts.js';
import { failureMessage } from '../api/failure.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { startDownload } from '../lists/start-download.js';
import { statementPath } from '../lists/shop-requests.js';
import { SignedAmount, countText } from '../ui/amount.js';
import { QueryCard } from '../ui/query-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { Timestamp } from '../ui/timestamp.js';
import { text } from '../texts/page-texts.js';

/** What was added to an account and spent by it in a month. */
export default function StatementCard({ user }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const [month, setMonth] = useState<string | null>(null);
  /** The current month, as the server has it. */
  const [last, setLast] = useState<string | null>(null);
  const shown = month ?? last;
  const read = async () => {
    const statement = await dataProvider.statement(user.id, month);
    if (month === null) setLast(statement.month);
    return statement;
  };
  const save = async () => {
    try {
      // A link cannot renew the session and shows no error, so a request checks both first.
      const statement = await dataProvider.statement(user.id, shown);
      startDownload(`${statementPath(user.id, statement.month)}&format=csv`);
    } catch (error) {
      notify(failureMessage(error), { type: 'error' });
    }
  };
  return (
    <QueryCard
      title={text('statement.title')}
      queryKey={['statement', user.id, month ?? 'current']}
      read={read}
      actions={
        <>
          {last === null || shown === null ? null : (
            <TextField
              select
              label={text('statement.month')}
              name="month"
              value={shown}
              sx={{ width: 170 }}
              onChange={({ target }) => {
                setMonth(target.value);
              }}
            >
              {monthsUntil(last, user.created_at).map((each) => (
                <MenuItem key={each} value={each}>
                  {monthText(each)}
                </MenuItem>
              ))}
            </TextField>
          )}
          <Button size="small" onClick={() => void save()}>
            {text('statement.save')}
          </Button>
        </>
      }
    >
      {(statement) => <StatementTables statement={statement} />}
    </QueryCard>
  );
}

function StatementTables({ statement: { opening, lines, closing, lots } }: { statement: Statement }) {
  return (
    <>
      <ScrollingTable
        label={text('statement.title')}
        columns={[text('column.what'), `#${text('statement.entries')}`, `#${unitLabel()}`]}
      >
        <TableRow>
          <TableCell>{text('statement.beginning')}</TableCell>
          <TableCell />
          <TableCell align="right">{alignedCredits(opening)}</TableCell>
        </TableRow>
        {lines.map((line) => (
          <TableRow key={`${line.kind} ${line.action ?? ''} ${line.model ?? ''}`}>
            <TableCell sx={{ overflowWrap: 'anywhere' }}>{lineText(line)}</TableCell>
            <TableCell align="right">{countText(line.count)}</TableCell>
            <TableCell align="right">
              <SignedAmount amount={line.amount} />
            </TableCell>
          </TableRow>
        ))}
        <TableRow>
          <TableCell sx={{ fontWeight: 650 }}>{text('statement.end')}</TableCell>
          <TableCell />
          <TableCell align="right" sx={{ fontWeight: 650 }}>
            {alignedCredits(closing)}
          </TableCell>
        </TableRow>
      </ScrollingTable>
      {lots.length === 0 ? null : (
        <>
          <Typography component="h3" variant="subtitle2" sx={{ mt: 2 }}>
            {text('statement.lots')}
          </Typography>
          <ScrollingTable
            label={text('statement.lots')}
            columns={[
              ...[text('lots.from'), `#${text('statement.beginning')}`, `#${text('statement.added')}`],
              ...[`#${text('statement.taken')}`, `#${text('statement.expired')}`],
              ...[`#${text('statement.end')}`, text('column.expires')],
            ]}
          >
            {lots.map((lot) => (
              <TableRow key={lot.id}>
                <TableCell>{lotKindText(lot.kind)}</TableCell>
                <TableCell align="right">{alignedCredits(lot.opening)}</TableCell>
                <TableCell align="right">{alignedCredits(lot.received)}</TableCell>
                <TableCell align="right">{alignedCredits(lot.gave)}</TableCell>
                <TableCell align="right">{alignedCredits(lot.expired)}</TableCell>
                <TableCell align="right">{alignedCredits(lot.closing)}</TableCell>
                <TableCell>
                  <Timestamp at={lot.expires_at} absent={text('ui.never')} />
                </TableCell>
              </TableRow>
            ))}
          </ScrollingTable>
        </>
      )}
    </>
  );
}
