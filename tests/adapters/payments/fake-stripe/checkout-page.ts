import type { FakeSession } from './objects.js';

/** The page where a person pays or gives up, with plain forms. */
export function checkoutPage(session: FakeSession): string {
  const button = (action: string, label: string) =>
    `<form method="post" action="/c/pay/${session.id}/${action}"><button>${label}</button></form>`;
  const buttons =
    session.status === 'open'
      ? [
          button('pay', 'Pay'),
          button('decline', 'Pay with a card that is declined'),
          button('cancel', 'Back'),
        ].join('')
      : `<p>This checkout is ${String(session.status)}.</p>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Fake checkout</title><link rel="icon" href="data:,">
<h1>Fake checkout</h1><p id="amount">${String(session.amount_total)} ${String(session.currency)}</p>${buttons}</html>`;
}
