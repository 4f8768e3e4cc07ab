import { apiError } from './api-error.js';
import { textAt, textsAt, type Form } from './form-body.js';
import type { FakeSession } from './objects.js';
import { newId, secondsOf, setIntentMetadata, type StripeAccount } from './stripe-account.js';

const known = new Set([
  'adaptive_pricing',
  'cancel_url',
  'client_reference_id',
  'customer_email',
  'expires_at',
  'line_items',
  'metadata',
  'mode',
  'payment_intent_data',
  'success_url',
]);

/** Opens a checkout session, after the checks that Stripe documents. Sessions of one price only. */
export function createSession(account: StripeAccount, form: Form, url: (id: string) => string): FakeSession {
  for (const name of Object.keys(form))
    if (!known.has(name))
      throw apiError(400, 'parameter_unknown', `Received unknown parameter: ${name}`, name);
  if (textAt(form, 'mode') !== 'payment') throw missing('mode');
  const currency = textAt(form, 'line_items.0.price_data.currency');
  const unitAmount = textAt(form, 'line_items.0.price_data.unit_amount');
  if (currency === undefined) throw missing('line_items[0][price_data][currency]');
  if (!/^[a-z]{3}$/.test(currency)) throw apiError(400, null, `Invalid currency: ${currency}.`, 'currency');
  if (unitAmount === undefined || !/^\d{1,8}$/.test(unitAmount))
    throw apiError(400, 'parameter_invalid_integer', `Invalid integer: ${String(unitAmount)}`, 'unit_amount');
  if (!textAt(form, 'line_items.0.price_data.product_data.name')) throw missing('product_data[name]');
  const quantity = Number(textAt(form, 'line_items.0.quantity') ?? NaN);
  if (!(quantity >= 1)) throw missing('line_items[0][quantity]');
  for (const name of ['success_url', 'cancel_url'])
    if (!URL.canParse(textAt(form, name) ?? '')) throw apiError(400, 'url_invalid', 'Not a valid URL', name);
  if (/[^\x21-\x7E]/.test(textAt(form, 'customer_email') ?? ''))
    throw apiError(400, 'email_invalid', 'Invalid email address', 'customer_email');
  const metadata = textsAt(form, 'metadata');
  const intentMetadata = textsAt(form, 'payment_intent_data.metadata');
  for (const [name, value] of Object.entries({ ...metadata, ...intentMetadata }))
    if (name.length > 40 || value.length > 500)
      throw apiError(400, null, 'Metadata is too long.', 'metadata');
  const createdAt = secondsOf(account.now());
  const expiresAt = Number(textAt(form, 'expires_at') ?? createdAt + 24 * 60 * 60);
  if (expiresAt < createdAt + 30 * 60)
    throw apiError(
      400,
      null,
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      'expires_at',
    );
  if (expiresAt > createdAt + 24 * 60 * 60)
    throw apiError(
      400,
      null,
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      'expires_at',
    );
  const id = newId('cs_test');
  const session: FakeSession = {
    id,
    object: 'checkout.session',
    amount_subtotal: Number(unitAmount) * quantity,
    amount_total: Number(unitAmount) * quantity,
    cancel_url: textAt(form, 'cancel_url') ?? null,
    client_reference_id: textAt(form, 'client_reference_id') ?? null,
    created: createdAt,
    currency,
    customer_email: textAt(form, 'customer_email') ?? null,
    expires_at: expiresAt,
    livemode: false,
    metadata,
    mode: 'payment',
    payment_intent: null,
    payment_status: 'unpaid',
    status: 'open',
    success_url: textAt(form, 'success_url') ?? null,
    url: url(id),
  };
  setIntentMetadata(session, intentMetadata);
  account.sessions.set(id, session);
  return session;
}

function missing(name: string) {
  return apiError(400, 'parameter_missing', `Missing required param: ${name}.`, name);
}
