import * as v from 'valibot';
import { packageProblems, type Package } from '../domain/orders/package.js';
import { parseJson, problemOf, readText, wholeNumber } from './json-file.js';
import { duration } from './values/durations.js';

const credits = wholeNumber(1, Number.MAX_SAFE_INTEGER);

const packagesFile = v.strictObject({
  packages: v.array(
    v.strictObject({
      id: v.string('must be a string'),
      name: v.string('must be a string'),
      credits,
      bonus_credits: v.optional(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
      bonus_expires_after: v.optional(duration()),
      price: wholeNumber(1, Number.MAX_SAFE_INTEGER),
      currency: v.string('must be a string'),
      expires_after: v.optional(duration()),
      limit_per_account: v.optional(wholeNumber(1, 1_000_000)),
    }),
    'must be a list',
  ),
});

/** Packages, or every problem of their description. */
export type ReadPackages =
  | { packages: readonly Package[]; problems: [] }
  | { packages: null; problems: string[] };

/** Reads the packages of a file; none without a file. Returns all problems at once. */
export function readPackages(path: string | null): ReadPackages {
  if (path === null) return { packages: [], problems: [] };
  const file = readText(path);
  const read = 'problem' in file ? { packages: null, problems: [file.problem] } : readPackagesFile(file.text);
  return read.packages === null
    ? { packages: null, problems: read.problems.map((problem) => `PACKAGES_FILE: ${problem}`) }
    : read;
}

function readPackagesFile(json: string): ReadPackages {
  const parsed = v.safeParse(packagesFile, parseJson(json));
  if (!parsed.success) return { packages: null, problems: parsed.issues.map(problemOf) };
  const packages = parsed.output.packages.map((one): Package => ({
    id: one.id,
    name: one.name,
    credits: one.credits,
    bonusCredits: one.bonus_credits ?? 0,
    bonusExpiresAfterMs: one.bonus_expires_after ?? null,
    price: one.price,
    currency: one.currency,
    expiresAfterMs: one.expires_after ?? null,
    limitPerAccount: one.limit_per_account ?? null,
  }));
  const problems = packageProblems(packages);
  return problems.length > 0 ? { packages: null, problems } : { packages, problems: [] };
}
