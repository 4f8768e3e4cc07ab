import { Button, Card, CardContent, Typography } from '@mui/material';
import { useState } from 'react';
import type { ListedUser } from '../../api/api-objects.js';
import { creditNumber, unitAfter } from '../../api/credits.js';
import { AdjustBalanceDialog } from './adjust-balance-dialog.js';

/** The balance of a user, with a button that changes it. */
export function BalanceCard({ user }: { user: ListedUser }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="caption" color="text.secondary">
          Balance
        </Typography>
        <Typography
          sx={{ fontSize: '1.9rem', fontWeight: 650, lineHeight: 1.2, fontVariantNumeric: 'tabular-nums' }}
        >
          {creditNumber(user.tokens)}
          <Typography component="span" color="text.secondary">
            {' '}
            {unitAfter(user.tokens)}
          </Typography>
        </Typography>
        <Typography color="text.secondary" sx={{ mb: 2 }}>
          {user.held === 0
            ? 'Nothing is held.'
            : `${creditNumber(user.held)} more are held for replies in progress.`}
        </Typography>
        {user.debt === undefined || user.debt === 0 ? null : (
          <Typography sx={{ mb: 2, color: 'error.main' }}>
            {creditNumber(user.debt)} {unitAfter(user.debt)} owed: spent, and then paid back. The next
            purchase or grant pays them first; until then no messages are sent.
          </Typography>
        )}
        {user.uncollected === undefined || user.uncollected === 0 ? null : (
          <Typography sx={{ mb: 2, color: 'warning.main' }}>
            {creditNumber(user.uncollected)} {unitAfter(user.uncollected)} used but not charged, because
            neither the balance nor the limits covered it.
          </Typography>
        )}
        <Button
          variant="contained"
          onClick={() => {
            setIsOpen(true);
          }}
        >
          Grant or deduct
        </Button>
        {isOpen ? (
          <AdjustBalanceDialog
            user={user}
            onClose={() => {
              setIsOpen(false);
            }}
          />
        ) : null}
      </CardContent>
    </Card>
  );
}
