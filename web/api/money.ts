import { currentLocale } from '../language/language.js';
import { commonText } from '../language/common-texts/texts.js';
import { creditFormat, parseCredits, type CreditUnit } from '../../src/domain/ledger/credit-unit.js';
import { currencyDecimals } from '../../src/domain/orders/currency.js';

function unitOf(currency: string): CreditUnit {
  return { name: currency.toUpperCase(), decimals: currencyDecimals(currency) };
}

/**
 * A price with its currency, such as `€9.00`.
 *
 * @param amount In the smallest unit of the currency.
 * @param currency Three letters, such as `eur`.
 */
export function moneyText(amount: number, currency: string): string {
  const { name, decimals } = unitOf(currency);
  try {
    const format = new Intl.NumberFormat(currentLocale(), {
      style: 'currency',
      currency: name,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    return format.format(amount / 10 ** decimals);
  } catch {
    // The code is not one of a currency.
    return `${moneyNumber(amount, currency)} ${name}`;
  }
}

/** An amount as it is typed, such as `9.00`, in the language of the page. */
export function moneyNumber(amount: number, currency: string): string {
  return creditFormat(unitOf(currency), currentLocale()).aligned(amount);
}

/** What an amount that was typed is in the smallest unit of the currency, or what is wrong with it. */
export type TypedMoney = { amount: number; problem: null } | { amount: null; problem: string };

/**
 * Reads an amount that was typed, such as `9` or `9.50`.
 *
 * @param max The largest amount, in the smallest unit.
 */
export function readMoney(typed: string, currency: string, max: number): TypedMoney {
  const unit = unitOf(currency);
  const parsed = parseCredits(typed, unit, currentLocale());
  if (parsed.outcome === 'valid' && parsed.credits >= 1) {
    return parsed.credits <= max
      ? { amount: parsed.credits, problem: null }
      : { amount: null, problem: commonText('money.atMost', { amount: moneyText(max, currency) }) };
  }
  if (parsed.outcome === 'too_large')
    return { amount: null, problem: commonText('money.atMost', { amount: moneyText(max, currency) }) };
  return {
    amount: null,
    problem:
      parsed.outcome === 'too_many_decimals' && unit.decimals > 0
        ? commonText('credits.tooManyDecimals', { count: unit.decimals })
        : commonText(unit.decimals === 0 ? 'credits.wholeAboveZero' : 'money.amountAboveZero'),
  };
}
