import * as v from 'valibot';
import type { GroupRight } from '../../domain/identities/group-rights.js';
import { parseAllowance } from '../../domain/metering/allowance.js';
import { parseJson, problemOf } from '../json-file.js';

/** How a client secret can be sent. */
export const clientAuthentications = ['client_secret_post', 'client_secret_basic'] as const;

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && loopbackHosts.has(hostname));
  return isSafe && search === '' && hash === '';
}

/** An issuer: HTTPS, or HTTP on this machine, for tests. */
export const issuer = v.check(
  isIssuer,
  'must be an https URL without a query, or an http URL of this machine',
);

const allowance = v.pipe(
  v.string('must be a text'),
  v.transform(parseAllowance),
  v.check((parsed) => parsed !== null, 'must be an amount for each day, week or month, such as 4000/month'),
);

/** What groups give, by group; in the order of the file, which counts if a user is in several. */
export const groupRights = v.pipe(
  v.record(
    v.string(),
    v.strictObject({
      role: v.optional(v.picklist(['user', 'admin'], 'must be user or admin')),
      allowance: v.optional(allowance),
    }),
  ),
  v.transform((map): GroupRight[] =>
    Object.entries(map).map(([group, { role, allowance: given }]) => ({
      group,
      ...(role === undefined ? {} : { role }),
      ...(given === undefined || given === null ? {} : { allowance: given }),
    })),
  ),
);

/** What groups give, as the text of a setting. */
export const roleMap = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): GroupRight[] => {
    const parsed = v.safeParse(groupRights, parseJson(dataset.value));
    if (parsed.success) return parsed.output;
    const example = '{"staff": {"role": "admin"}, "students": {"allowance": "4000/month"}}';
    const found = parsed.issues.map(problemOf).join(', ');
    addIssue({ message: `must be JSON such as ${example}: ${found}` });
    return NEVER;
  }),
);
