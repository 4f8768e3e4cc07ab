import { currentLocale } from '../language/language.js';
import { numberFormat } from '../language/message.js';
import { commonText } from '../language/common-texts/texts.js';
import {
  creditFormat,
  decimalOf,
  defaultUnit,
  isDefaultUnit,
  parseCredits,
  type CreditFormat,
  type CreditUnit,
} from '../../src/domain/ledger/credit-unit.js';

let unit: CreditUnit = defaultUnit;
/** How this page writes amounts: by the unit that every account's `GET /api/me/` contains, and the language. */
let current: { locale: string; format: CreditFormat } | null = null;

/** Sets the unit of the server; call it before an amount is shown. */
export function setCreditUnit(unitOfServer: CreditUnit): void {
  unit = unitOfServer;
  current = null;
}

function format(): CreditFormat {
  const locale = currentLocale();
  if (current?.locale !== locale) current = { locale, format: creditFormat(unit, locale) };
  return current.format;
}

/** A number of the unit, such as `4,000` or `1.50`. */
export function creditNumber(credits: number): string {
  return format().number(credits);
}

/** A short number for the axis of a chart, which is not exact, such as `1.2K`. */
export function compactCredits(credits: number): string {
  const compact = numberFormat({ notation: 'compact', maximumSignificantDigits: 3 });
  return compact.format(decimalOf(credits, unit));
}

/** A number with all decimals, for columns. */
export function alignedCredits(credits: number): string {
  return format().aligned(credits);
}

/** A number with its sign and all decimals. */
export function signedCredits(credits: number): string {
  return format().signed(credits);
}

/** A number with its unit, such as `4,000 tokens` or `1.50 USD`. */
export function creditAmount(credits: number): string {
  return `${creditNumber(credits)} ${unitAfter(credits)}`;
}

/** A rate, which has no unit if that is `tokens`: the text after it speaks of the tokens that a model counts. */
export function rateText(credits: number): string {
  return isDefaultUnit(unit) ? creditNumber(credits) : creditAmount(credits);
}

/** A number for files, with all decimals and a point, such as `1.500000`. */
export function plainCredits(credits: number): string {
  return decimalOf(credits, unit);
}

/** The header of a column of amounts in files, which has the unit if that is not the one of the API. */
export function unitInHeader(name: string): string {
  return isDefaultUnit(unit) ? name : `${name} (${unit.name})`;
}

/** The word after a number of the unit. */
export function unitAfter(credits: number): string {
  return isDefaultUnit(unit)
    ? commonText('unit.tokens', { count: Math.abs(credits) })
    : format().nameAfter(credits);
}

/** The name of the unit as the beginning of a label: `Tokens`, `USD`. */
export function unitLabel(): string {
  if (isDefaultUnit(unit)) return commonText('unit.label');
  const { name } = unit;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The title of what belongs to a balance: `Tokens`; `Balance` if the unit is the code or sign of a currency. */
export function balanceTitle(): string {
  return isWord() ? unitLabel() : commonText('unit.balance');
}

/** What an empty balance has: `no tokens`, `0.00 USD`. */
export function noCredits(): string {
  if (isDefaultUnit(unit)) return commonText('unit.none');
  return isWord() ? commonText('unit.noneOf', { unit: unit.name }) : creditAmount(0);
}

function isWord(): boolean {
  return /^\p{Ll}{3,}/u.test(unit.name);
}

/** What an amount that was typed is in credits, or what is wrong with it. */
export type TypedCredits = { credits: number; problem: null } | { credits: null; problem: string };

/** Reads an amount that was typed in the unit, as this page would write it. */
export function readCredits(typed: string, minimum: 0 | 1 = 1): TypedCredits {
  const parsed = parseCredits(typed, unit, currentLocale());
  if (parsed.outcome === 'valid' && parsed.credits >= minimum)
    return { credits: parsed.credits, problem: null };
  const problems = {
    valid: mustBeNumber(minimum),
    invalid: mustBeNumber(minimum),
    too_large: commonText('credits.tooLarge'),
    too_many_decimals: commonText('credits.tooManyDecimals', { count: unit.decimals }),
  };
  return { credits: null, problem: problems[parsed.outcome] };
}

function mustBeNumber(minimum: 0 | 1): string {
  if (unit.decimals === 0) return commonText(minimum === 1 ? 'credits.wholeAboveZero' : 'credits.whole');
  return commonText(minimum === 1 ? 'credits.numberAboveZero' : 'credits.number');
}
