import type { Finding } from './verdict.js';

interface NoFinding {
  scanner: string;
  rule: RegExp;
  where: RegExp;
  /** Why it is none. */
  because: string;
}

/** What judges say that is no finding, and why. */
const noFindings: NoFinding[] = [
  {
    scanner: 'wapiti',
    rule: /^HTTP Secure Headers$/,
    where: /X-XSS-Protection is not set$/,
    because:
      'browsers have given that header up, and the content security policy forbids what it was to find',
  },
];

/** Why a finding is none; null where it is one. */
export function whyKnown(scanner: string, { rule, where }: Finding): string | null {
  const known = noFindings.find(
    (candidate) => candidate.scanner === scanner && candidate.rule.test(rule) && candidate.where.test(where),
  );
  return known?.because ?? null;
}
