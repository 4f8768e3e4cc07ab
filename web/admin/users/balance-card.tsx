import { Button, Card, CardContent, Typography } from '@mui/material';
import { useState } from 'react';
import type { ListedUser } from '../../api/api-objects.js';
import { creditAmount, creditNumber, unitAfter } from '../../api/credits.js';
import { AdjustBalanceDialog } from './adjust-balance-dialog.js';
import { text } from '../texts/page-texts.js';

/** The balance of a user, with a button that changes it. */
export function BalanceCard({ user }: { user: ListedUser }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="caption" color="text.secondary">
          {text('balance.title')}
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
            ? text('balance.nothingHeld')
            : text('balance.held', { amount: creditNumber(user.held) })}
        </Typography>
        {user.debt === undefined || user.debt === 0 ? null : (
          <Typography sx={{ mb: 2, color: 'error.main' }}>
            {text('balance.debt', { amount: creditAmount(user.debt) })}
          </Typography>
        )}
        {user.uncollected === undefined || user.uncollected === 0 ? null : (
          <Typography sx={{ mb: 2, color: 'warning.main' }}>
            {text('balance.uncollected', { amount: creditAmount(user.uncollected) })}
          </Typography>
        )}
        <Button
          variant="contained"
          onClick={() => {
            setIsOpen(true);
          }}
        >
          {text('balance.adjust')}
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
