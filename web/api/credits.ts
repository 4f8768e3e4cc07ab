import {
  creditFormat,
  decimalOf,
  defaultUnit,
  isDefaultUnit,
  parseCredits,
  type CreditFormat,
  type CreditUnit,
} from '../../src/domain/ledger/credit-unit.js';

/** How this page writes and reads amounts. Each server has one unit, which every account's `GET /api/me/` contains. */
let current: { unit: CreditUnit; locale: string | undefined; format: CreditFormat } = {
  unit: defaultUnit,
  locale: 'en',
  format: creditFormat(defaultUnit, 'en'),
};

/** Sets the unit of the server, and the language of numbers; call it before an amount is shown. */
export function setCreditUnit(unit: CreditUnit, locale: string | undefined): void {
  current = { unit, locale, format: creditFormat(unit, locale) };
}

/** A number of the unit, such as `4,000` or `1.50`. */
export function creditNumber(credits: number): string {
  return current.format.number(credits);
}

/** A short number for the axis of a chart, which is not exact, such as `1.2K`. */
export function compactCredits(credits: number): string {
  const compact = new Intl.NumberFormat(current.locale, { notation: 'compact', maximumSignificantDigits: 3 });
  return compact.format(decimalOf(credits, current.unit));
}

/** A number with all decimals, for columns. */
export function alignedCredits(credits: number): string {
  return current.format.aligned(credits);
}

/** A number with its sign and all decimals. */
export function signedCredits(credits: number): string {
  return current.format.signed(credits);
}

/** A number with its unit, such as `4,000 tokens` or `1.50 USD`. */
export function creditAmount(credits: number): string {
  return current.format.amount(credits);
}

/** A rate, which has no unit if that is `tokens`: the text after it speaks of the tokens that a model counts. */
export function rateText(credits: number): string {
  return isDefaultUnit(current.unit) ? creditNumber(credits) : creditAmount(credits);
}

/** A number for files, with all decimals and a point, such as `1.500000`. */
export function plainCredits(credits: number): string {
  return decimalOf(credits, current.unit);
}

/** The header of a column of amounts in files, which has the unit if that is not the one of the API. */
export function unitInHeader(name: string): string {
  return isDefaultUnit(current.unit) ? name : `${name} (${current.unit.name})`;
}

/** The word after a number of the unit. */
export function unitAfter(credits: number): string {
  return current.format.nameAfter(credits);
}

/** The name of the unit as the beginning of a label: `Tokens`, `USD`. */
export function unitLabel(): string {
  const { name } = current.unit;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The title of what belongs to a balance: `Tokens`; `Balance` if the unit is the code or sign of a currency. */
export function balanceTitle(): string {
  return isWord() ? unitLabel() : 'Balance';
}

/** What an empty balance has: `no tokens`, `0.00 USD`. */
export function noCredits(): string {
  return isWord() ? `no ${current.unit.name}` : creditAmount(0);
}

function isWord(): boolean {
  return /^\p{Ll}{3,}/u.test(current.unit.name);
}

/** What an amount that was typed is in credits, or what is wrong with it. */
export type TypedCredits = { credits: number; problem: null } | { credits: null; problem: string };

/** Reads an amount that was typed in the unit, as this page would write it. */
export function readCredits(typed: string, minimum: 0 | 1 = 1): TypedCredits {
  const { unit, locale } = current;
  const parsed = parseCredits(typed, unit, locale);
  if (parsed.outcome === 'valid' && parsed.credits >= minimum)
    return { credits: parsed.credits, problem: null };
  const problems = {
    valid: mustBeNumber(unit, minimum),
    invalid: mustBeNumber(unit, minimum),
    too_large: 'This is more than a balance can be.',
    too_many_decimals: `Enter at most ${unit.decimals} ${unit.decimals === 1 ? 'decimal' : 'decimals'}.`,
  };
  return { credits: null, problem: problems[parsed.outcome] };
}

function mustBeNumber({ decimals }: CreditUnit, minimum: 0 | 1): string {
  return `Enter a ${decimals === 0 ? 'whole number' : 'number'}${minimum === 1 ? ' above 0' : ''}.`;
}
