import type { KnownNetworkStore } from '../../ports/known-network-store.js';
import type { Database } from './database.js';
import { skipLocked } from './row-locks.js';

// Locks the account first, so that concurrent statements about its networks cannot deadlock. Updates `used_at` at most
// once an hour.
const remember = `
  with owner as (
    select id from users where id = $1 for no key update
  ), remembered as (
    insert into known_networks (user_id, digest)
    select id, decode($2, 'hex') from owner
    where not exists (
      select 1 from known_networks
      where user_id = $1 and digest = decode($2, 'hex') and used_at >= now() - interval '1 hour')
    on conflict (user_id, digest) do update set used_at = excluded.used_at
  )
  delete from known_networks
  where user_id = $1 and exists (select 1 from owner) and digest in (
    select digest from known_networks where user_id = $1 and digest <> decode($2, 'hex')
    order by used_at desc, digest offset $3::bigint - 1)`;

const isKnown = `
  select 1 from known_networks
  where user_id = $1 and digest = decode($2, 'hex') and used_at > now() - $3::bigint * interval '1 millisecond'`;

const purgeUnused = (skip: string) => `
  delete from known_networks where (user_id, digest) in (
    select user_id, digest from known_networks where used_at <= now() - $1::bigint * interval '1 millisecond'
    ${skip})
  returning user_id`;

/** Known sign-in networks in PostgreSQL. */
export function postgresKnownNetworkStore(database: Database): KnownNetworkStore {
  return {
    async remember({ userId, digest }, max) {
      const values = [userId, digest, max];
      await database.query({ name: 'remember_network', mayWaitForLock: true, text: remember, values });
    },
    async isKnown({ userId, digest }, maxAgeMs) {
      const values = [userId, digest, maxAgeMs];
      const rows = await database.query({ name: 'is_known_network', text: isKnown, values });
      return rows.length > 0;
    },
    async purgeUnused(maxAgeMs) {
      return (await database.query({ text: purgeUnused(skipLocked(database)), values: [maxAgeMs] })).length;
    },
  };
}
