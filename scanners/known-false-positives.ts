import type { Finding } from './scanner.js';

interface FalsePositive {
  scanner: string;
  rule: RegExp;
  where: RegExp;
  reason: string;
}

const falsePositives: FalsePositive[] = [
  {
    scanner: 'wapiti',
    rule: /^HTTP Secure Headers$/,
    where: /X-XSS-Protection is not set$/,
    reason: 'browsers no longer support that header, and the content security policy does more',
  },
];

/** Returns why a finding is a false positive; null if it is not. */
export function falsePositiveReason(scanner: string, { rule, where }: Finding): string | null {
  const known = falsePositives.find(
    (candidate) => candidate.scanner === scanner && candidate.rule.test(rule) && candidate.where.test(where),
  );
  return known?.reason ?? null;
}
