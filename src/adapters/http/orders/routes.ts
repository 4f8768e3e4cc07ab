import type { Route } from '../kit/define-route.js';
import { createOrder, listOrders, readOrder } from './orders.js';
import { listPackages } from './packages.js';
import { receivePaymentEvent } from './webhook.js';

/** The routes by which people buy, and the provider of payments says what was paid. */
export const orderRoutes: readonly Route[] = [
  listPackages,
  createOrder,
  listOrders,
  readOrder,
  receivePaymentEvent,
];
