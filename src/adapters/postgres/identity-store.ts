import type { Identity } from '../../domain/identities/identity.js';
import type { IdentityStore, LinkOutcome, NewIdentity, UnlinkOutcome } from '../../ports/identity-store.js';
import { violatedConstraint, type Database, type Queryable } from './database.js';
import { insertUser, takenName } from './insert-user.js';
import { credentialsColumns, credentialsOf, lockUser, type CredentialsRow } from './user-rows.js';

const findAccount = `
  select ${credentialsColumns} from users
  where id = (select user_id from identities where issuer = $1 and subject = $2)`;

const insert = `
  insert into identities (user_id, id, issuer, subject, label) values ($1, $2, $3, $4, $5)`;

const verifyEmail = `update users set email_verified = true where id = $1 and email is not null`;

// Runs with the account locked, so that concurrent links count each other.
const findOwn = `
  select count(*) as owned, bool_or(issuer = $2 and subject = $3) as is_linked from identities where user_id = $1`;

const lockActive = `select id from users where id = $1 and status = 'active' for no key update`;

const recordUse = `
  update identities set last_used_at = now(), label = $3 where issuer = $1 and subject = $2`;

const fillEmail = `
  with pending as (
    select 1 from email_changes where user_id = $1 and took_effect_at is null
  ), filled as (
    update users set email = $2, email_key = $3, email_verified = true
    where id = $1 and email is null and not exists (select 1 from pending)
    returning id
  )
  select id from filled`;

const list = `
  select id, issuer, subject, label, created_at, last_used_at from identities where user_id = $1 order by id`;

// Runs with the account locked, so that the last two are not removed concurrently.
const remove = `
  delete from identities
  where user_id = $1 and id = $2 and ($3::text[] is null or exists (
    select 1 from identities where user_id = $1 and id <> $2 and issuer = any ($3::text[])))
  returning id`;

const find = `select id from identities where user_id = $1 and id = $2`;

interface IdentityRow {
  id: string;
  issuer: string;
  subject: string;
  label: string | null;
  created_at: Date;
  last_used_at: Date;
}

function identityOf(row: IdentityRow): Identity {
  return {
    id: row.id,
    issuer: row.issuer,
    subject: row.subject,
    label: row.label,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}

async function insertIdentity(within: Queryable, userId: string, identity: NewIdentity): Promise<void> {
  const values = [userId, identity.id, identity.issuer, identity.subject, identity.label];
  await within.query({ text: insert, values });
}

function isTaken(error: unknown): boolean {
  return violatedConstraint(error) === 'identities_of_one_account';
}

async function linkWithin(
  within: Queryable,
  { userId, identity, max }: Parameters<IdentityStore['link']>[0],
): Promise<LinkOutcome> {
  const locked = await within.query({ text: lockActive, values: [userId] });
  if (locked.length === 0) return 'missing';
  const values = [userId, identity.issuer, identity.subject];
  const [own] = await within.query<{ owned: number; is_linked: boolean | null }>({ text: findOwn, values });
  if (own?.is_linked === true) return 'linked';
  if ((own?.owned ?? 0) >= max) return 'too_many';
  await insertIdentity(within, userId, identity);
  return 'linked';
}

async function removeWithin(
  within: Queryable,
  { userId, identityId, requiredIssuers }: Parameters<IdentityStore['remove']>[0],
): Promise<UnlinkOutcome> {
  await within.query({ text: lockUser, values: [userId] });
  const issuers = requiredIssuers === null ? null : [...requiredIssuers];
  const removed = await within.query({ text: remove, values: [userId, identityId, issuers] });
  if (removed.length > 0) return 'removed';
  const found = await within.query({ text: find, values: [userId, identityId] });
  return found.length > 0 ? 'last' : 'missing';
}

/** Identities of accounts in PostgreSQL. */
export function postgresIdentityStore(database: Database): IdentityStore {
  return {
    async findAccount({ issuer, subject }) {
      const values = [issuer, subject];
      const [row] = await database.query<CredentialsRow>({ text: findAccount, values });
      return credentialsOf(row);
    },
    async createAccount(user, identity) {
      try {
        return await database.transaction(async (within) => {
          const created = await insertUser(within, user);
          await insertIdentity(within, user.id, identity);
          await within.query({ text: verifyEmail, values: [user.id] });
          return { outcome: 'created', user: { ...created, emailVerified: created.email !== null } };
        });
      } catch (error) {
        return isTaken(error) ? { outcome: 'identity_taken' } : takenName(error);
      }
    },
    async link(request) {
      try {
        return await database.transaction((within) => linkWithin(within, request));
      } catch (error) {
        if (!isTaken(error)) throw error;
        return 'identity_taken';
      }
    },
    async recordUse({ issuer, subject, label }) {
      await database.query({ text: recordUse, values: [issuer, subject, label] });
    },
    async fillEmail({ userId, email, emailKey }) {
      try {
        return (await database.query({ text: fillEmail, values: [userId, email, emailKey] })).length > 0;
      } catch (error) {
        if (takenName(error).outcome !== 'email_taken') throw error;
        return false;
      }
    },
    async identities(userId) {
      return (await database.query<IdentityRow>({ text: list, values: [userId] })).map(identityOf);
    },
    remove: (request) => database.transaction((within) => removeWithin(within, request)),
  };
}
