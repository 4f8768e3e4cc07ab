import type {
  AccountImporter,
  ImportAccountOutcome,
  ImportedAccount,
  ImportedExchange,
} from '../../ports/account-importer.js';
import { violatedConstraint, type Database, type Queryable } from './database.js';

const hasImported = `select 1 from imported_accounts where source_digest = decode($1, 'hex')`;

// The first statement of the transaction: a second import of the same source waits here until the first one ends.
const insertSource = `
  insert into imported_accounts (source_digest, user_id) values (decode($1, 'hex'), $2)
  on conflict do nothing returning user_id`;

const createUser = `
  with created as (
    insert into users (id, username, username_key, email, email_key, password_hash, role, status, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9::timestamptz, now()))
  ), opened as (
    insert into balances (user_id, balance) values ($1, $11::bigint)
  )
  insert into entries (user_id, id, kind, amount, balance_after, reason)
  select $1, $10::uuid, 'grant', $11::bigint, $11::bigint, 'Imported balance' where $11::bigint > 0`;

const addSessions = `
  insert into sessions (user_id, id, created_at, proved_at)
  select $1, "sessionId", coalesce("createdAt", now()), null
  from json_to_recordset($2::json) as t ("sessionId" uuid, "createdAt" timestamptz)`;

const addAuthTokens = `
  insert into auth_tokens (user_id, session_id, pair_id, kind, digest, imported, expires_at)
  select $1, "sessionId", "pairId", 'access', decode(digest, 'hex'), true, now() + $3::bigint * interval '1 millisecond'
  from json_to_recordset($2::json) as t ("sessionId" uuid, "pairId" uuid, digest text)`;

const addExchanges = `
  insert into exchanges (user_id, id, model, message, reply, status, held, hold_state, hold_deadline, created_at, ended_at)
  select $1, id, 'imported', message, reply, 'imported', 0, 'none', null, "createdAt", "createdAt"
  from json_to_recordset($2::json) as t (id uuid, message text, reply text, "createdAt" timestamptz)`;

/** Imports accounts of another system into PostgreSQL, each in one transaction. */
export function postgresAccountImporter(database: Database): AccountImporter {
  return {
    async hasImported(sourceDigest) {
      const rows = await database.query({ text: hasImported, values: [sourceDigest] });
      return rows.length > 0;
    },
    async importAccount(account) {
      try {
        return await database.transaction((within) => importWithin(within, account));
      } catch (error) {
        const taken = outcomeByConstraint[violatedConstraint(error) ?? ''];
        if (taken === undefined) throw error;
        return taken;
      }
    },
  };
}

const outcomeByConstraint: Record<string, ImportAccountOutcome> = {
  users_username_taken: 'username_taken',
  users_email_taken: 'email_taken',
  auth_tokens_imported_digest: 'auth_token_taken',
  auth_tokens_pkey: 'auth_token_taken',
};

async function importWithin(within: Queryable, account: ImportedAccount): Promise<ImportAccountOutcome> {
  const { sourceDigest, user, openingGrant, authTokens, accessTtlMs } = account;
  const inserted = await within.query({ text: insertSource, values: [sourceDigest, user.id] });
  if (inserted.length === 0) return 'already_imported';
  const values = [
    ...[user.id, user.username, user.usernameKey, user.email, user.emailKey, user.passwordHash, user.role],
    ...[user.status, user.createdAt?.toISOString() ?? null, openingGrant.entryId, openingGrant.amount],
  ];
  await within.query({ text: createUser, values });
  const authTokensJson = JSON.stringify(authTokens);
  await within.query({ text: addSessions, values: [user.id, authTokensJson] });
  await within.query({ text: addAuthTokens, values: [user.id, authTokensJson, accessTtlMs] });
  for (const batch of batchesOf(account.exchanges)) {
    await within.query({ text: addExchanges, values: [user.id, JSON.stringify(batch)] });
  }
  return 'imported';
}

const maxBatchRows = 1000;
const maxBatchChars = 1_000_000;

/** Splits exchanges into batches, so that the size of a statement is bounded. */
function* batchesOf(exchanges: readonly ImportedExchange[]): Iterable<ImportedExchange[]> {
  let batch: ImportedExchange[] = [];
  let chars = 0;
  for (const exchange of exchanges) {
    batch.push(exchange);
    chars += exchange.message.length + (exchange.reply?.length ?? 0);
    if (batch.length < maxBatchRows && chars < maxBatchChars) continue;
    yield batch;
    batch = [];
    chars = 0;
  }
  if (batch.length > 0) yield batch;
}
