/** The unit that people see: 10^decimals credits are one unit. With `USD` and 6, a credit is a millionth of a dollar. */
export interface CreditUnit {
  /** The word after an amount, such as `tokens` or `USD`. */
  name: string;
  /** How many decimals an amount has; 0 for whole numbers. */
  decimals: number;
}

/** The largest number of decimals: with more, the largest balance would be less than 9,000 units. */
export const maxCreditDecimals = 12;

/** The unit of the API itself, in which an amount is a number of credits. */
export const defaultUnit: CreditUnit = { name: 'tokens', decimals: 0 };

export function isDefaultUnit({ name, decimals }: CreditUnit): boolean {
  return name === defaultUnit.name && decimals === defaultUnit.decimals;
}

/** Letters and currency signs, with single spaces between words; 1 to 20 characters. */
const unitName = /^(?=.{1,20}$)[\p{L}\p{M}\p{Sc}]+(?: [\p{L}\p{M}\p{Sc}]+)*$/u;

export const creditUnitRule = 'must be 1 to 20 letters or currency signs, such as tokens, USD or €';

/** Whether a text can be the name of a unit. It appears in sentences, in headers of CSV files and in mails. */
export function isCreditUnitName(text: string): boolean {
  return unitName.test(text);
}

/** Throws a TypeError if a unit is not valid. */
export function throwIfCreditUnitInvalid({ name, decimals }: CreditUnit): void {
  if (!isCreditUnitName(name)) throw new TypeError(`policy.creditUnit ${creditUnitRule}.`);
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > maxCreditDecimals)
    throw new TypeError(`policy.creditDecimals must be a whole number from 0 to ${maxCreditDecimals}.`);
}

/**
 * Returns an amount in the unit as a decimal number with all of its decimals, such as `1.234567`. It moves the decimal
 * point in the digits, because a floating-point division would round.
 *
 * @param credits A whole number whose absolute value is at most 2^53−1.
 */
export function decimalOf(credits: number, { decimals }: CreditUnit): `${number}` {
  const digits = String(Math.abs(credits)).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const fraction = decimals === 0 ? '' : `.${digits.slice(point)}`;
  return `${credits < 0 ? '-' : ''}${digits.slice(0, point)}${fraction}` as `${number}`;
}

/** Writes amounts of credits for people, in one language. */
export interface CreditFormat {
  /** A number without zeros at its end, but with cents: `1.50`, `1.234567`, `4,000`. */
  number: (credits: number) => string;
  /** A number with all decimals, for columns: `1.500000`. */
  aligned: (credits: number) => string;
  /** `aligned` with its sign, such as `+1.500000`; zero has none. */
  signed: (credits: number) => string;
  /** A number with its unit: `1.50 USD`, `4,000 tokens`, `1 token`. */
  amount: (credits: number) => string;
  /** The word that follows `number(credits)`: `token` after 1. */
  nameAfter: (credits: number) => string;
}

/**
 * Returns how amounts are written in a language.
 *
 * @param locale The language, such as `en`; undefined for the one of the browser or the server.
 */
export function creditFormat(unit: CreditUnit, locale: string | undefined): CreditFormat {
  const { decimals } = unit;
  const minimumFractionDigits = Math.min(2, decimals);
  const short = new Intl.NumberFormat(locale, { minimumFractionDigits, maximumFractionDigits: decimals });
  const allDecimals = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const long = new Intl.NumberFormat(locale, allDecimals);
  const withSign = new Intl.NumberFormat(locale, { ...allDecimals, signDisplay: 'exceptZero' });
  // A decimal text is formatted exactly; a number would be rounded to a double first.
  const number = (credits: number) => short.format(decimalOf(credits, unit));
  const nameAfter = (credits: number) => (isOne(credits, unit) ? singular(unit.name) : unit.name);
  return {
    number,
    aligned: (credits) => long.format(decimalOf(credits, unit)),
    signed: (credits) => withSign.format(decimalOf(credits, unit)),
    amount: (credits) => `${number(credits)} ${nameAfter(credits)}`,
    nameAfter,
  };
}

function isOne(credits: number, { decimals }: CreditUnit): boolean {
  return decimals === 0 && Math.abs(credits) === 1;
}

/** `token` for `tokens`. Codes and signs of currencies have no plural. */
function singular(name: string): string {
  return /^\p{Ll}{2,}[^s]s$/u.test(name) ? name.slice(0, -1) : name;
}

/** The result of `parseCredits`. */
export type ParsedCredits =
  | { outcome: 'valid'; credits: number }
  | { outcome: 'invalid' | 'too_large' | 'too_many_decimals' };

/**
 * Parses an amount that a person typed in the unit, with or without separators between thousands. The decimal point is the
 * one of the language, so that a number is read as it is shown. Negative amounts are invalid.
 *
 * @param locale The language; undefined for the one of the browser or the server.
 */
export function parseCredits(typed: string, unit: CreditUnit, locale: string | undefined): ParsedCredits {
  const point = unit.decimals === 0 ? null : decimalPoint(locale);
  const { whole, fraction } = splitAt(typed.trim(), point);
  const digits = withoutGroups(whole);
  if (!/^\d+$/.test(digits) || !/^\d*$/.test(fraction)) return { outcome: 'invalid' };
  if (point !== null && whole.includes(point)) return { outcome: 'invalid' };
  if (fraction.length > unit.decimals) return { outcome: 'too_many_decimals' };
  const credits = Number(digits + fraction.padEnd(unit.decimals, '0'));
  return Number.isSafeInteger(credits) ? { outcome: 'valid', credits } : { outcome: 'too_large' };
}

/** Splits a typed number at its decimal point, which may have no digits before it, but must have some after it. */
function splitAt(text: string, point: string | null): { whole: string; fraction: string } {
  const position = point === null ? -1 : text.lastIndexOf(point);
  if (position < 0) return { whole: text, fraction: '' };
  const fraction = text.slice(position + 1);
  return { whole: text.slice(0, position) || '0', fraction: fraction === '' ? 'none' : fraction };
}

/** Removes separators between groups of three digits. */
function withoutGroups(whole: string): string {
  return whole.replace(/[\s,.'’_](?=\d{3}(\D|$))/g, '');
}

function decimalPoint(locale: string | undefined): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}
