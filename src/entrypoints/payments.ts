// `metered-chat/payments`: providers of payments.

export { demoPayments, type DemoOptions } from '../adapters/payments/demo.js';
export { stripePayments, type StripeOptions } from '../adapters/payments/stripe.js';
