import { Problem } from '../../api/problem.js';

/** Leaves the page for the checkout of the payment provider. Throws a `Problem` if the address is not one of the web. */
export function goToCheckout(url: string): void {
  const { protocol } = new URL(url, location.href);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Problem(0, { code: 'page_failed' });
  location.assign(url);
}
