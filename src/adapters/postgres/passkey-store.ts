import type { PasskeyStore } from '../../ports/passkey-store.js';
import { violatedConstraint, type Database } from './database.js';
import {
  countFactors,
  passkeyColumns,
  passkeyOf,
  removeFactor,
  replaceCodes,
  storedPasskeyOf,
  type PasskeyRow,
} from './factor-rows.js';

const passkeys = `select ${passkeyColumns} from passkeys where user_id = $1 order by id`;

const lockActive = `select id from users where id = $1 and status = 'active' for no key update`;

// Runs with the account locked, so that concurrent additions count each other.
const add = `
  insert into passkeys (user_id, id, credential_id, public_key, counter, transports, name, backed_up)
  select $1, $2, $3, $4, $5, $6, $7, $8
  where (select count(*) from passkeys where user_id = $1) < $9
  returning ${passkeyColumns}`;

const rename = `update passkeys set name = $3 where user_id = $1 and id = $2 returning ${passkeyColumns}`;

// An authenticator that was cloned sends a counter that was used. One that does not count always sends 0.
const use = `
  update passkeys set counter = $3, backed_up = $4, last_used_at = now()
  where user_id = $1 and id = $2 and (counter < $3 or (counter = 0 and $3 = 0))
  returning id`;

const find = `select id from passkeys where user_id = $1 and id = $2`;
const remove = `delete from passkeys where user_id = $1 and id = $2`;

/** Passkeys in PostgreSQL. */
export function postgresPasskeyStore(database: Database): PasskeyStore {
  return {
    async passkeys(userId) {
      const rows = await database.query<PasskeyRow>({ text: passkeys, values: [userId] });
      return rows.map(storedPasskeyOf);
    },
    async add({ userId, recoveryDigests, maxPasskeys, mustBeFirst, ...passkey }) {
      const { id, credentialId, publicKey, counter, transports, name, isBackedUp } = passkey;
      const ofPasskey = [id, credentialId, publicKey, counter, transports, name, isBackedUp];
      try {
        return await database.transaction(async (within) => {
          const owner = await within.query({ text: lockActive, values: [userId] });
          if (owner.length === 0) return { outcome: 'missing' };
          const isFirst = (await countFactors(within, userId)) === 0;
          if (mustBeFirst && !isFirst) return { outcome: 'not_first' };
          const values = [userId, ...ofPasskey, maxPasskeys];
          const [row] = await within.query<PasskeyRow>({ text: add, values });
          if (row === undefined) return { outcome: 'too_many' };
          if (isFirst) await replaceCodes(within, userId, recoveryDigests);
          return { outcome: 'added', isFirst, passkey: passkeyOf(row) };
        });
      } catch (error) {
        if (violatedConstraint(error) !== 'passkeys_credential') throw error;
        return { outcome: 'exists' };
      }
    },
    async rename({ userId, id, name }) {
      const [row] = await database.query<PasskeyRow>({ text: rename, values: [userId, id, name] });
      return row === undefined ? null : passkeyOf(row);
    },
    async use({ userId, id, counter, isBackedUp }) {
      const values = [userId, id, counter, isBackedUp];
      const rows = await database.query({ text: use, values, mayWaitForLock: true });
      return rows.length > 0;
    },
    remove: ({ userId, id, keepsOne }) =>
      database.transaction((within) =>
        removeFactor(
          within,
          { userId, keepsOne },
          {
            find: async () => {
              const found = await within.query({ text: find, values: [userId, id] });
              return found.length === 0 ? null : 1;
            },
            remove: () => within.query({ text: remove, values: [userId, id] }),
          },
        ),
      ),
  };
}
