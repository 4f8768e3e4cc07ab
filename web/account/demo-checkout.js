import { locale, serverText, text } from './language.js';

/**
 * The checkout as the API shows it.
 * @typedef {{ package_name: string, price: number, currency: string, currency_decimals: number, refunded: number, status: string, actions: string[] }} Checkout
 */

const orderId = new URLSearchParams(location.search).get('order') ?? '';
const path = `api/demo-checkout/${encodeURIComponent(orderId)}/`;
const returnPath = `./?order=${encodeURIComponent(orderId)}`;

/** @type {Record<string, import('./language.js').Text>} */
const labels = {
  pay: 'Pay',
  decline: 'Pay with a card that is declined',
  refund: 'Refund (administrators)',
  dispute: 'Dispute (administrators)',
  win_dispute: 'The seller wins the dispute (administrators)',
  lose_dispute: 'The seller loses the dispute (administrators)',
};

/** @type {Record<string, import('./language.js').Text>} */
const states = {
  open: 'not paid yet',
  paid: 'paid',
  expired: 'ended without a payment',
  partially_refunded: 'partly refunded',
  refunded: 'refunded',
  disputed: 'disputed',
  dispute_lost: 'paid back after a dispute',
};

/**
 * @param {Record<string, import('./language.js').Text>} names
 * @param {string} key
 */
function named(names, key) {
  const name = names[key];
  return name === undefined ? key : text(name);
}

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {Checkout} checkout */
function priceText({ price, currency, currency_decimals: decimals }) {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits });
  return format.format(price / 10 ** decimals);
}

/**
 * @param {string} text
 * @param {'succeeded' | 'failed' | ''} kind
 */
function show(text, kind) {
  const outcome = element('outcome');
  outcome.textContent = text;
  outcome.className = `outcome ${kind}`;
  if (kind !== '') outcome.focus();
}

/**
 * @param {'GET' | 'POST'} method
 * @param {{ action: string }} [body]
 * @returns {Promise<Checkout | null>}
 */
async function call(method, body) {
  const response = await fetch(path, {
    method,
    headers: {
      'X-Requested-With': 'metered-chat',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json = /** @type {unknown} */ (await response.json().catch(() => ({})));
  if (response.ok) return /** @type {Checkout} */ (json);
  if (response.status === 401)
    show(text('Sign in on the chat page first, then open this page again.'), 'failed');
  else if (response.status === 404) show(text('Your account has no such order.'), 'failed');
  else {
    const problem = /** @type {{ detail?: string }} */ (json);
    show(serverText(problem.detail ?? 'The server has a problem. Try again.'), 'failed');
  }
  return null;
}

/** @param {Checkout} checkout */
function present(checkout) {
  element('name').textContent = checkout.package_name;
  element('price').textContent = priceText(checkout);
  element('status').textContent = named(states, checkout.status);
  element('back').textContent = text(checkout.actions.includes('pay') ? 'Back without paying' : 'Back');
  const buttons = checkout.actions.map((action) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = named(labels, action);
    button.addEventListener('click', () => void act(action));
    return button;
  });
  element('actions').replaceChildren(...buttons);
  element('order').hidden = false;
}

/** @param {boolean} isBusy */
function setBusy(isBusy) {
  for (const button of element('actions').querySelectorAll('button')) button.disabled = isBusy;
}

/** @param {string} action */
async function act(action) {
  setBusy(true);
  show(text('Please wait …'), '');
  try {
    const checkout = await call('POST', { action });
    if (checkout === null) return;
    // The person goes back as from any checkout; the credits came by the event.
    if (action === 'pay') location.assign(returnPath);
    else {
      present(checkout);
      show(
        text(action === 'decline' ? 'The card was declined. You can try again.' : 'Done.'),
        action === 'decline' ? 'failed' : 'succeeded',
      );
    }
  } catch {
    show(text('The server cannot be reached. Check your connection and try again.'), 'failed');
  } finally {
    setBusy(false);
  }
}

async function open() {
  element('back').setAttribute('href', orderId === '' ? './' : returnPath);
  if (orderId === '') {
    show(text('This link is incomplete.'), 'failed');
    return;
  }
  try {
    const checkout = await call('GET');
    if (checkout !== null) present(checkout);
  } catch {
    show(text('The server cannot be reached. Check your connection and try again.'), 'failed');
  }
}

void open();
