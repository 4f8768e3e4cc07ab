import { maxCredits } from '../ledger/entry.js';
import { codePointCount, isBlank, unstorableReason } from '../text.js';

/** Credits for sale at a fixed price. */
export interface Package {
  /** Unique in the list of packages. */
  id: string;
  /** What people see. */
  name: string;
  /** The credits of its price, at least 1. */
  credits: number;
  /** Credits that are added for nothing, 0 or more, as a lot that is spent before those of the price. */
  bonusCredits: number;
  /** How long the bonus can be spent after the payment, in milliseconds; null for ever. */
  bonusExpiresAfterMs: number | null;
  /** In the smallest unit of the currency, at least 1. */
  price: number;
  /** Three lower-case letters, such as `eur`. */
  currency: string;
  /** How long the credits of the price can be spent after the payment, in milliseconds; null for ever. */
  expiresAfterMs: number | null;
  /** How often an account can buy it: orders that were paid, and open ones of the last hour. Null: as often as it likes. */
  limitPerAccount: number | null;
}

/** The most packages that can be for sale. */
export const maxPackages = 100;

/** The longest name of a package, in code points. */
export const maxPackageNameChars = 100;

/** Returns what is wrong with a list of packages. */
export function packageProblems(packages: readonly Package[]): string[] {
  const ids = packages.map(({ id }) => id);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [
    ...(packages.length > maxPackages ? [`there are more than ${maxPackages} packages`] : []),
    ...[...repeated].map((id) => `two packages have the id "${id}"`),
    ...packages.flatMap((one) => problemsOf(one).map((problem) => `the package "${one.id}" ${problem}`)),
  ];
}

/**
 * Rejects packages that cannot be sold.
 *
 * @throws TypeError that names every problem.
 */
export function throwIfPackagesInvalid(packages: readonly Package[]): void {
  const problems = packageProblems(packages);
  if (problems.length > 0) throw new TypeError(`The packages are invalid: ${problems.join('; ')}.`);
}

function problemsOf(one: Package): string[] {
  const checks: [boolean, string][] = [
    [/^[A-Za-z0-9._-]{1,64}$/.test(one.id), 'must have an id of 1 to 64 letters, digits, . _ and -'],
    [isName(one.name), `must have a name of 1 to ${maxPackageNameChars} characters`],
    [isCount(one.credits, 1), 'must have credits: a whole number from 1'],
    [isCount(one.bonusCredits, 0), 'must have bonus credits that are a whole number from 0'],
    [one.credits + one.bonusCredits <= maxCredits, `must have at most ${maxCredits} credits with its bonus`],
    [one.bonusCredits > 0 || one.bonusExpiresAfterMs === null, 'has no bonus credits that could expire'],
    [isDuration(one.bonusExpiresAfterMs), 'must have a bonus that expires after at least a millisecond'],
    [isCount(one.price, 1), 'must have a price: a whole number from 1, in the smallest unit of the currency'],
    [/^[a-z]{3}$/.test(one.currency), 'must have a currency of three lower-case letters, such as eur'],
    [isDuration(one.expiresAfterMs), 'must have credits that expire after at least a millisecond'],
    [
      one.limitPerAccount === null || isCount(one.limitPerAccount, 1),
      'must have a limit from 1 for each account',
    ],
  ];
  return checks.flatMap(([isValid, problem]) => (isValid ? [] : [problem]));
}

function isName(name: string): boolean {
  return unstorableReason(name) === null && !isBlank(name) && codePointCount(name) <= maxPackageNameChars;
}

function isCount(value: number, min: number): boolean {
  return Number.isSafeInteger(value) && value >= min;
}

/** A hundred years, so that an expiry is always a date. */
const longestMs = 36_500 * 24 * 60 * 60 * 1000;

function isDuration(milliseconds: number | null): boolean {
  return milliseconds === null || (isCount(milliseconds, 1) && milliseconds <= longestMs);
}
