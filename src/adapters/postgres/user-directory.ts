import { maxCredits } from '../../domain/ledger/entry.js';
import { pageBy } from '../../domain/page.js';
import type {
  ListedUser,
  UserDirectory,
  UserPlace,
  UserQuery,
  UserSort,
} from '../../ports/user-directory.js';
import { lastActiveAt } from '../../domain/users/last-active.js';
import type { Database, SqlValue } from './database.js';
import { containsPattern } from './like-pattern.js';
import { userOf, type UserRow } from './user-rows.js';

const columns = `
  u.id, u.username, u.email, u.email_verified, u.role, u.status, u.created_at, u.username_key,
    (select email from email_changes where user_id = b.user_id and took_effect_at is null) as pending_email,
    b.balance,
    (select coalesce(sum(held), 0)::bigint from exchanges where user_id = b.user_id and hold_state = 'open') as held,
    greatest(
      (select max(last_used_at) from sessions where user_id = b.user_id),
      (select max(last_used_at) from api_keys where user_id = b.user_id)) as last_used_at,
    (select created_at from exchanges where user_id = b.user_id and action = 'chat' order by id desc limit 1) as last_message_at`;

const accounts = `users u join balances b on b.user_id = u.id`;

// A statement of its own: on Citus the events are in another place than the accounts.
const lastSignIns = `
  select listed.id, (
    select created_at from audit_events where user_id = listed.id and action = 'signed_in' order by id desc limit 1
  ) as last_signed_in_at
  from unnest($1::uuid[]) as listed (id)`;

const find = `
  select ${columns},
    (select least(coalesce(sum(uncollected), 0), ${maxCredits})::bigint
      from exchanges where user_id = b.user_id and uncollected > 0) as uncollected,
    b.debt
  from ${accounts} where u.id = $1`;

/** Conditions and order of a page. The cursor has the id $6 and the sort value $9. */
const orders: Record<UserSort, (operator: '<' | '>', direction: 'desc' | 'asc') => string> = {
  created_at: (operator, direction) => `
    and ($6::uuid is null or u.id ${operator} $6)
    order by u.id ${direction} limit $7`,
  username: (operator, direction) => `
    and ($6::uuid is null or u.username_key collate "C" ${operator} $9::text)
    order by u.username_key collate "C" ${direction} limit $7`,
  balance: (operator, direction) => `
    and ($6::uuid is null or (b.balance, u.id) ${operator} ($9::bigint, $6))
    order by b.balance ${direction}, u.id ${direction} limit $7`,
};

const matching = `
  ($1::text is null or u.username_key like $1 or u.email_key like $1 or lower(u.email) like $1 or u.email_key like $8)
    and ($2::text is null or u.role = $2) and ($3::text is null or u.status = $3)
    and ($4::timestamptz is null or u.created_at >= $4) and ($5::timestamptz is null or u.created_at < $5)`;

const list = ({ sort, isDescending }: UserQuery) => `
  select ${columns} from ${accounts}
  where ${matching}
    ${isDescending ? orders[sort]('<', 'desc') : orders[sort]('>', 'asc')}`;

interface ListedRow extends UserRow {
  username_key: string;
  pending_email: string | null;
  balance: number;
  held: number;
  last_used_at: Date | null;
  last_message_at: Date | null;
}

function listedUserOf(row: ListedRow, lastSignedInAt: Date | null): ListedUser {
  return {
    ...userOf(row),
    pendingEmail: row.pending_email,
    balance: row.balance,
    held: row.held,
    lastSeenAt: lastActiveAt({
      lastUsedAt: row.last_used_at,
      lastMessageAt: row.last_message_at,
      lastSignedInAt,
    }),
    lastSignedInAt,
  };
}

const valueOf: Record<UserSort, (row: ListedRow) => UserPlace['value']> = {
  created_at: () => null,
  username: (row) => row.username_key,
  balance: (row) => row.balance,
};

// The same positions as in the list; $6 has no use.
const counted = `
  select count(*) as found from (
    select 1 from users u where ${matching} and $6::uuid is null limit $7
  ) as matching`;

/** The values of the filter, $1 to $5, then the cursor, the number of rows, and $8. */
function filterValues(query: UserQuery, cursor: string | null, limit: number): SqlValue[] {
  const { text, emailText, role, status, from, to } = query;
  return [
    ...[text === null ? null : containsPattern(text), role, status],
    ...[from?.toISOString() ?? null, to?.toISOString() ?? null, cursor, limit],
    emailText === null ? null : containsPattern(emailText),
  ];
}

async function withSignIns(database: Database, rows: readonly ListedRow[]): Promise<ListedUser[]> {
  const statement = { text: lastSignIns, values: [rows.map(({ id }) => id)] };
  const found = await database.query<{ id: string; last_signed_in_at: Date | null }>(statement);
  const byUser = new Map(found.map(({ id, last_signed_in_at }) => [id, last_signed_in_at]));
  return rows.map((row) => listedUserOf(row, byUser.get(row.id) ?? null));
}

/** Lists, counts and finds all accounts in PostgreSQL. */
export function postgresUserDirectory(database: Database): UserDirectory {
  return {
    async list(query, { limit, before }) {
      const { sort } = query;
      const values = filterValues(query, before?.id ?? null, limit + 1);
      const rows = await database.query<ListedRow>({
        text: list(query),
        values: sort === 'created_at' ? values : [...values, before?.value ?? null],
      });
      const page = pageBy(rows, limit, (row): UserPlace => ({ value: valueOf[sort](row), id: row.id }));
      return { results: await withSignIns(database, page.results), next: page.next };
    },
    async count(query, most) {
      const values = filterValues(query, null, most);
      const [row] = await database.query<{ found: number }>({ text: counted, values });
      return row?.found ?? 0;
    },
    async find(userId) {
      const statement = { text: find, values: [userId] };
      const [row] = await database.query<ListedRow & { uncollected: number; debt: number }>(statement);
      if (row === undefined) return null;
      const [user] = await withSignIns(database, [row]);
      return user === undefined ? null : { ...user, uncollected: row.uncollected, debt: row.debt };
    },
  };
}
