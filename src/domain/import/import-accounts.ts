import type { AccountImporter, ImportAccountOutcome, ImportedAccount } from '../../ports/account-importer.js';
import type { ForeignHashes } from '../../ports/foreign-hashes.js';
import type { Ids } from '../../ports/ids.js';
import type { Secrets } from '../../ports/secrets.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireOperator, type OperatorCaller } from '../auth/caller.js';
import type { Policy } from '../policy.js';
import { emailKey, usernameKey } from '../users/user.js';
import { validateAccount } from './validate-account.js';
import type { NamedAccount, Rejection, SourceAccount, SourceRecord } from './account-source.js';
import { deriveUsernames } from './derive-usernames.js';
import { createSourceNames, type SourceNames } from './source-names.js';

export interface ImportAccountsDeps extends RecordAuditDeps {
  accountImporter: AccountImporter;
  foreignHashes: ForeignHashes;
  secrets: Pick<Secrets, 'digest'>;
  policy: Pick<Policy, 'accessTtlMs'>;
}

/** The result of an import. */
export interface ImportReport {
  accounts: number;
  /** The sum of the imported balances. */
  credits: bigint;
  chats: number;
  authTokens: number;
  /** Accounts that an earlier import has imported. */
  alreadyImported: number;
  rejected: Rejection[];
  /** The usernames that were derived for accounts with only an email; absent if there were none. */
  derivedUsernames?: { label: string; username: string }[];
}

/**
 * Imports accounts one by one, each completely or not at all, on behalf of the operator. Accounts that were imported before
 * are left as they are, so that an interrupted import is completed by running it again. Of several accounts with the same
 * username or email, only the first is imported. Rejects with `admin_required`.
 */
export async function importAccounts(
  deps: ImportAccountsDeps,
  { caller, records }: { caller: OperatorCaller; records: Iterable<SourceRecord> },
): Promise<ImportReport> {
  requireOperator(caller);
  const report = { accounts: 0, credits: 0n, chats: 0, authTokens: 0, alreadyImported: 0 };
  const rejected: Rejection[] = [];
  const derivedUsernames: { label: string; username: string }[] = [];
  const names = createSourceNames();
  for (const record of namedFirst(records)) {
    const { named, reasons } = await importNamed(deps, names, record);
    if (named !== null && reasons !== 'already_imported' && reasons.length === 0)
      derivedUsernames.push(named);
    if (reasons === 'already_imported') report.alreadyImported += 1;
    else if (reasons.length > 0) rejected.push({ label: labelOf(record), reasons });
    else if (record.outcome === 'read') {
      report.accounts += 1;
      report.credits += BigInt(record.account.balance);
      report.chats += record.account.chats.length;
      report.authTokens += record.account.authTokens.length;
    }
  }
  return { ...report, rejected, ...(derivedUsernames.length === 0 ? {} : { derivedUsernames }) };
}

/** Yields accounts without a username last, so that no derived username is one of another account of the source. */
function* namedFirst(records: Iterable<SourceRecord>): Iterable<SourceRecord> {
  const unnamed: SourceRecord[] = [];
  for (const record of records) {
    if (record.outcome === 'read' && record.account.username === null) unnamed.push(record);
    else yield record;
  }
  yield* unnamed;
}

/** How many usernames are tried for one account at most. */
const maxNames = 1000;

/** Imports a record as `importRecord` does; an account without a username gets the first free one derived from its email. */
async function importNamed(
  deps: ImportAccountsDeps,
  names: SourceNames,
  record: SourceRecord,
): Promise<{ named: { label: string; username: string } | null; reasons: string[] | 'already_imported' }> {
  if (record.outcome !== 'read' || record.account.username !== null)
    return { named: null, reasons: await importRecord(deps, names, record) };
  const { account } = record;
  let tried = 0;
  for (const username of deriveUsernames(account.email ?? '')) {
    tried += 1;
    if (!names.isFree(username) && tried < maxNames) continue;
    const reasons = await importRecord(deps, names, { ...record, account: { ...account, username } });
    const isTaken = reasons !== 'already_imported' && reasons.length === 1 && reasons[0] === usernameTaken;
    if (!isTaken || tried >= maxNames) return { named: { label: account.label, username }, reasons };
  }
  throw new TypeError('deriveUsernames has ended.');
}

const usernameTaken = 'username: Is taken.';

function labelOf(record: SourceRecord): string {
  return record.outcome === 'read' ? record.account.label : record.label;
}

/** Imports a record; returns the reasons why it cannot be imported, none if it was. */
async function importRecord(
  deps: ImportAccountsDeps,
  names: SourceNames,
  record: SourceRecord,
): Promise<string[] | 'already_imported'> {
  const identity = record.outcome === 'read' ? record.account.identity : record.identity;
  const sourceDigest = identity === null ? null : deps.secrets.digest(identity);
  const account = record.outcome === 'read' && isNamed(record.account) ? record.account : null;
  const prepared =
    account !== null && sourceDigest !== null
      ? prepare(deps, names, { account, sourceDigest })
      : { reasons: record.outcome === 'unreadable' ? record.reasons : [] };
  if ('imported' in prepared) {
    const outcome = await deps.accountImporter.importAccount(prepared.imported);
    if (outcome === 'imported') await recordImport(deps, prepared.imported.user.id);
    return outcomeReasons(outcome);
  }
  const came = sourceDigest !== null && (await deps.accountImporter.hasImported(sourceDigest));
  return came ? 'already_imported' : prepared.reasons;
}

function isNamed(account: SourceAccount): account is NamedAccount {
  return account.username !== null;
}

function recordImport(deps: RecordAuditDeps, userId: string): Promise<void> {
  return recordAudit(deps, 'imported', { userId, origin: { address: null, userAgent: null } });
}

function outcomeReasons(outcome: ImportAccountOutcome): string[] | 'already_imported' {
  switch (outcome) {
    case 'imported':
      return [];
    case 'already_imported':
      return 'already_imported';
    case 'username_taken':
      return [usernameTaken];
    case 'email_taken':
      return ['email: Is taken.'];
    case 'auth_token_taken':
      return ['its auth token is in use already'];
  }
}

function prepare(
  deps: ImportAccountsDeps,
  names: SourceNames,
  { account, sourceDigest }: { account: NamedAccount; sourceDigest: string },
): { imported: ImportedAccount } | { reasons: string[] } {
  const password = deps.foreignHashes.adopt(account.passwordHash);
  const reasons = [
    ...names.add(account),
    ...validateAccount(account),
    ...(password.outcome === 'rejected' ? [password.reason] : []),
  ];
  if (reasons.length > 0 || password.outcome === 'rejected') return { reasons };
  const { username, email, role, status, createdAt } = account;
  return {
    imported: {
      sourceDigest,
      user: {
        id: createdAt === null ? deps.ids.next() : deps.ids.at(createdAt, 0),
        username,
        usernameKey: usernameKey(username),
        email,
        emailKey: email === null ? null : emailKey(email),
        passwordHash: password.encoded,
        role,
        status,
        createdAt,
      },
      openingGrant: { entryId: deps.ids.next(), amount: account.balance },
      exchanges: exchangesOf(deps.ids, account),
      authTokens: account.authTokens.map(({ secret, createdAt: issuedAt }) => ({
        sessionId: deps.ids.next(),
        pairId: deps.ids.next(),
        digest: deps.secrets.digest(secret),
        createdAt: issuedAt,
      })),
      accessTtlMs: deps.policy.accessTtlMs,
    },
  };
}

/** Ids begin with the time, and histories are sorted by them. Chats of the same time keep the order of the source. */
function exchangesOf(ids: Ids, { chats }: SourceAccount): ImportedAccount['exchanges'] {
  return chats.map(({ message, reply, createdAt }, index) => ({
    id: ids.at(createdAt, index),
    message,
    reply,
    createdAt,
  }));
}
