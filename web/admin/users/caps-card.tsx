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
import { text } from '../texts/page-texts.js';

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
      title={text('caps.title')}
      queryKey={['caps', user.id]}
      read={read}
      actions={
        <Button
          size="small"
          onClick={() => {
            setIsOpen(true);
          }}
        >
          {text('caps.set')}
        </Button>
      }
    >
      {({ caps, keys }) => (
        <>
          {caps.length === 0 ? (
            <Typography color="text.secondary">{text('caps.none')}</Typography>
          ) : (
            <ScrollingTable
              label={text('caps.title')}
              columns={[
                ...[text('caps.for'), `#${text('caps.atMost', { unit: unitLabel() })}`],
                ...[text('caps.window'), `#${text('caps.spent')}`, `#${text('caps.left')}`],
                ...[text('caps.beginsAgain'), text('caps.setBy'), ''],
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
  const limit = text('caps.limitText', {
    amount: creditAmount(cap.limit),
    window: windowText(cap.window),
  });
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
        <Timestamp at={cap.window_ends_at} absent={text('ui.never')} />
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>{setterText(cap.set_by)}</TableCell>
      <TableCell align="right">
        {id === null ? null : (
          <ConfirmButton
            label={text('ui.remove')}
            name={text('caps.removeNamed', { limit, subject })}
            title={text('caps.removeTitle')}
            content={text('caps.removeAbout', { subject, limit })}
            done={text('caps.removed')}
            act={() => dataProvider.removeCap(user.id, id)}
          />
        )}
      </TableCell>
    </TableRow>
  );
}

function subjectText({ scope, key_id, model }: Cap, keys: readonly ApiKey[]): string {
  if (scope === 'account') return text('caps.account');
  if (scope === 'model') return text('caps.model', { name: model ?? '' });
  return text('caps.key', { name: keys.find(({ id }) => id === key_id)?.name ?? key_id ?? '' });
}
