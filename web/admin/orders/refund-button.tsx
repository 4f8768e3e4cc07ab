import { Button } from '@mui/material';
import { useState } from 'react';
import type { ListedOrder, OrderStatus } from '../../api/shop-objects.js';
import { RefundDialog } from './refund-dialog.js';
import { text } from '../texts/page-texts.js';

const refundable: readonly OrderStatus[] = ['paid', 'partially_refunded'];

/** Opens the dialog that refunds an order; nothing if there is nothing to refund. */
export function RefundButton({ order }: { order: ListedOrder }) {
  const [isOpen, setIsOpen] = useState(false);
  const username = order.username ?? text('user.anErased');
  if (!refundable.includes(order.status)) return null;
  return (
    <>
      <Button
        size="small"
        aria-label={text('refund.named', { package: order.package.name, username })}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {text('refund.open')}
      </Button>
      {isOpen ? (
        <RefundDialog
          order={order}
          username={username}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      ) : null}
    </>
  );
}
