import { Button, Card, CardContent, Typography } from '@mui/material';
import { useState } from 'react';
import { amountText } from '../look/amount.js';
import { AdjustBalanceDialog } from './adjust-balance-dialog.js';
import type { User } from './user.js';

/** What an account can spend, and the way to change it. */
export function BalanceCard({ user }: { user: User }) {
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
          {amountText(user.tokens)}
          <Typography component="span" color="text.secondary">
            {' '}
            tokens
          </Typography>
        </Typography>
        <Typography color="text.secondary" sx={{ mb: 2 }}>
          {user.held === 0
            ? 'Nothing is held.'
            : `${amountText(user.held)} more are held for replies under way.`}
        </Typography>
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
