import type { FirstAdminStore } from '../../ports/first-admin-store.js';
import type { Secrets } from '../../ports/secrets.js';
import { requireOperator, type OperatorCaller } from '../auth/caller.js';
import type { Policy } from '../policy.js';

/** How long the link works. */
const linkTtlMs = 60 * 60 * 1000;

export interface IssueFirstAdminLinkDeps {
  firstAdminStore: Pick<FirstAdminStore, 'issue'>;
  secrets: Secrets;
  policy: Pick<Policy, 'publicUrl'>;
}

/**
 * Returns a link to the page that creates the first administrator, which works once, within one hour; null if there is an
 * active administrator. Show it to the operator only. Rejects with `admin_required`.
 */
export async function issueFirstAdminLink(
  deps: IssueFirstAdminLinkDeps,
  { caller }: { caller: OperatorCaller },
): Promise<string | null> {
  requireOperator(caller);
  const secret = `mcs_${deps.secrets.random()}`;
  const digest = deps.secrets.digest(secret);
  if (!(await deps.firstAdminStore.issue({ digest, ttlMs: linkTtlMs }))) return null;
  // Browsers do not send the fragment after # to the server, so it is in no log.
  return `${deps.policy.publicUrl}/admin/#/first-administrator/${secret}`;
}
