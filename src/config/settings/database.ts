import * as v from 'valibot';
import { connectionDefaults } from '../../adapters/postgres/connection-defaults.js';
import { validateConnectionUrl } from '../../adapters/postgres/connection-url.js';
import { defaultSchema, validateSchemaName } from '../../adapters/postgres/schema.js';
import { secretSetting, setting } from '../setting.js';
import { oneOf } from '../values/choices.js';
import { wholeNumber } from '../values/numbers.js';

/** A text for which `problemOf` returns null; otherwise it returns the message. */
function checked(problemOf: (text: string) => string | null) {
  return v.pipe(
    v.string(),
    v.check(
      (text) => problemOf(text) === null,
      ({ input }) => problemOf(input) ?? '',
    ),
  );
}

export const databaseSettings = {
  DATABASE_URL: secretSetting(checked(validateConnectionUrl), {
    help: 'The URL of a PostgreSQL, with ?sslmode=verify-full&sslrootcert=/path for TLS; without it, the embedded database in DATA_DIR is used.',
  }),
  DATABASE_PASSWORD: secretSetting(v.string(), {
    help: 'The password for DATABASE_URL, if the URL contains none.',
  }),
  DATABASE_POOL_SIZE: setting(wholeNumber(1, 1000), {
    default: String(connectionDefaults.poolSize),
    help: 'The maximum number of connections to PostgreSQL.',
  }),
  DATABASE_POOLER: setting(oneOf(['none', 'transaction']), {
    default: 'none',
    help: 'Set to transaction if DATABASE_URL points to PgBouncer, or a similar pooler, in transaction mode.',
  }),
  DATABASE_SCHEMA: setting(checked(validateSchemaName), {
    default: defaultSchema,
    help: 'The schema for the tables in PostgreSQL; it is created if it is missing, and no other schema is read or changed.',
  }),
  DATABASE_SHARDING: setting(oneOf(['auto', 'citus']), {
    default: 'auto',
    help: 'Whether statements for several users are left out, which a distributed PostgreSQL rejects: with auto if the tables are distributed when the server starts, with citus always.',
  }),
  DATA_DIR: setting(v.string(), {
    default: './data',
    help: 'The folder for the embedded database, and for mails if SMTP_URL is not set.',
  }),
};

export interface DatabaseUrlSettings {
  DATABASE_URL: string | null;
  DATABASE_PASSWORD: string | null;
}

/** What is wrong with the combination of URL and password. */
export function passwordProblems(
  { DATABASE_URL: url }: DatabaseUrlSettings,
  isSet: (name: string) => boolean,
): string[] {
  if (!isSet('DATABASE_PASSWORD')) return [];
  if (!isSet('DATABASE_URL')) return ['DATABASE_PASSWORD requires DATABASE_URL'];
  const hasPassword = url !== null && /^\w+:\/\/[^/?#]*:[^/?#]+@|[?&]password=/.test(url);
  return hasPassword ? ['DATABASE_URL contains a password already; remove it or DATABASE_PASSWORD'] : [];
}

/** The URL with the password as a parameter, where the drivers look for it. */
export function urlWithPassword({ DATABASE_URL: url, DATABASE_PASSWORD: password }: DatabaseUrlSettings) {
  if (url === null || password === null) return url;
  const [address = '', fragment] = url.split('#');
  const parameter = `${address.includes('?') ? '&' : '?'}password=${encodeURIComponent(password)}`;
  return address + parameter + (fragment === undefined ? '' : `#${fragment}`);
}
