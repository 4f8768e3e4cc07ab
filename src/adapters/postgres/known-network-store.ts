import type { KnownNetworkStore } from '../../ports/known-network-store.js';
import type { Database } from './database.js';

// Locks the account first, so that concurrent statements about its networks cannot deadlock. Updates `used_at` at most
// once an hour.
const remember = `
  with owner as (
    select id from users where id = $1 for no key update
  ), remembered as (
    insert into known_networks as known (user_id, digest)
    select id, decode($2, 'hex') from owner
    on conflict (user_id, digest) do update set used_at = now() where known.used_at < now() - interval '1 hour'
  )
  delete from known_networks
  where user_id = $1 and exists (select 1 from owner) and digest in (
    select digest from known_networks where user_id = $1 and digest <> decode($2, 'hex')
    order by used_at desc, digest offset $3::bigint - 1)`;

const isKnown = `
  select 1 from known_networks
  where user_id = $1 and digest = decode($2, 'hex') and used_at > now() - $3::bigint * interval '1 millisecond'`;

const purgeUnused = `
  delete from known_networks where (user_id, digest) in (
    select user_id, digest from known_networks where used_at <= now() - $1::bigint * interval '1 millisecond'
    for update skip locked)
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
      return (await database.query({ text: purgeUnused, values: [maxAgeMs] })).length;
    },
  };
}
