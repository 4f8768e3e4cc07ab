import { Button, TableCell, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider } from 'react-admin';
import { alignedCredits, creditAmount, unitLabel } from '../../api/credits.js';
import type { ApiKey, Cap, ListedUser } from '../../api/api-objects.js';
import { setterText, windowText } from '../../api/wallet-texts.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { QueryCard } from '../ui/query-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { Timestamp } from '../ui/timestamp.js';
import { SetCapDialog } from './set-cap-dialog.js';

/** The spending limits of a user, with what is left of them. */
export function CapsCard({ user }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  const read = async () => {
    const [caps, keys] = await Promise.all([dataProvider.caps(user.id), dataProvider.keys(user.id)]);
    return { caps, keys };
  };
  return (
    <QueryCard
      title="Spending limits"
      queryKey={['caps', user.id]}
      read={read}
      actions={
        <Button
          size="small"
          onClick={() => {
            setIsOpen(true);
          }}
        >
          Set a limit
        </Button>
      }
    >
      {({ caps, keys }) => (
        <>
          {caps.length === 0 ? (
            <Typography color="text.secondary">None: only the balance limits what is spent.</Typography>
          ) : (
            <ScrollingTable
              label="Spending limits"
              columns={[
                ...[
                  'Limit for',
                  `#${unitLabel()} at most`,
                  'Window',
                  '#Spent',
                  '#Left',
                  'Begins again',
                  'Set by',
                  '',
                ],
              ]}
            >
              {caps.map((cap) => (
                <CapRow key={cap.id ?? `default ${cap.window}`} user={user} cap={cap} keys={keys} />
              ))}
            </ScrollingTable>
          )}
          {isOpen ? (
            <SetCapDialog
              user={user}
              keys={keys}
              onClose={() => {
                setIsOpen(false);
              }}
            />
          ) : null}
        </>
      )}
    </QueryCard>
  );
}

function CapRow({ user, cap, keys }: { user: ListedUser; cap: Cap; keys: readonly ApiKey[] }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { id } = cap;
  const subject = subjectText(cap, keys);
  const limit = `${creditAmount(cap.limit)} ${windowText(cap.window)}`;
  return (
    <TableRow>
      <TableCell sx={{ overflowWrap: 'anywhere', minWidth: 120 }}>{subject}</TableCell>
      <TableCell align="right">{alignedCredits(cap.limit)}</TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>{windowText(cap.window)}</TableCell>
      <TableCell align="right">{alignedCredits(cap.spent)}</TableCell>
      <TableCell align="right" sx={{ color: cap.left === 0 ? 'error.main' : 'inherit' }}>
        {alignedCredits(cap.left)}
      </TableCell>
      <TableCell>
        <Timestamp at={cap.window_ends_at} absent="never" />
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>{setterText(cap.set_by)}</TableCell>
      <TableCell align="right">
        {id === null ? null : (
          <ConfirmButton
            label="Remove"
            name={`Remove the limit of ${limit}: ${subject}`}
            title="Remove this limit?"
            content={`${subject}: more than ${limit} can then be spent.`}
            done="The limit was removed."
            act={() => dataProvider.removeCap(user.id, id)}
          />
        )}
      </TableCell>
    </TableRow>
  );
}

function subjectText({ scope, key_id, model }: Cap, keys: readonly ApiKey[]): string {
  if (scope === 'account') return 'the whole account';
  if (scope === 'model') return `the model ${model ?? ''}`;
  return `the key ${keys.find(({ id }) => id === key_id)?.name ?? key_id ?? ''}`;
}
