import { Chip, type ChipProps } from '@mui/material';
import { orderStatusTexts } from '../../api/order-texts.js';
import type { OrderStatus } from '../../api/shop-objects.js';

const colors: Record<OrderStatus, ChipProps['color']> = {
  open: 'default',
  paid: 'success',
  expired: 'default',
  partially_refunded: 'info',
  refunded: 'info',
  disputed: 'warning',
  dispute_lost: 'error',
};

/** The state of an order. */
export function OrderStatusChip({ status }: { status: OrderStatus }) {
  return <Chip label={orderStatusTexts()[status]} color={colors[status]} variant="outlined" />;
}
