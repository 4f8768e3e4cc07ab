const withoutDecimals = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
const withThreeDecimals = 'bhd jod kwd omr tnd'.split(' ');

/**
 * Returns how many decimals an amount of a currency has whose smallest unit is counted, as Stripe counts it. For some currencies,
 * such as `isk`, others round amounts that are shown: Stripe counts hundredths of them.
 *
 * @param currency Three letters, such as `eur`.
 */
export function currencyDecimals(currency: string): number {
  const code = currency.toLowerCase();
  if (withoutDecimals.includes(code)) return 0;
  return withThreeDecimals.includes(code) ? 3 : 2;
}
