import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectModel } from '../adapters/ai/providers.js';
import { djangoHashes } from '../adapters/crypto/django-hashes.js';
import { uuidIds } from '../adapters/crypto/ids.js';
import { hashCost } from '../adapters/crypto/hash-cost.js';
import { bcryptPasswordHasher } from '../adapters/crypto/password-hasher.js';
import {
  queuedPasswordHasher,
  type QueuedPasswordHasher,
} from '../adapters/crypto/queued-password-hasher.js';
import { nodeSecrets } from '../adapters/crypto/secrets.js';
import { workerBcrypt } from '../adapters/crypto/worker-bcrypt.js';
import { hasDatabase, recordDatabase } from '../adapters/data-folder/database-files.js';
import { fileMailer } from '../adapters/mail/file-mailer.js';
import type { Outbox } from '../adapters/mail/outbox.js';
import { smtpMailer } from '../adapters/mail/smtp-mailer.js';
import { zxcvbnCommonPasswords } from '../adapters/passwords/common-passwords.js';
import { connectionDefaults } from '../adapters/postgres/connection-defaults.js';
import { connectionSetupError, connectionProblemOf } from '../adapters/postgres/connection-error.js';
import type { Database } from '../adapters/postgres/database.js';
import { connectionPlace, pgDatabase } from '../adapters/postgres/pg-database.js';
import { pgliteDirectory } from '../adapters/postgres/pglite-directory.js';
import { createPglite } from '../adapters/postgres/create-pglite.js';
import { migrationsDirectory } from '../adapters/postgres/schema.js';
import { postgresStores } from '../adapters/postgres/postgres-stores.js';
import { missingRoleTimeouts } from '../adapters/postgres/role-timeouts.js';
import { memoryRateLimiter } from '../adapters/rate-limit/memory-rate-limiter.js';
import { postgresRateLimiter } from '../adapters/rate-limit/postgres-rate-limiter.js';
import { systemClock } from '../adapters/time/clock.js';
import type { ModelOffer, ModelOffers } from '../domain/chat/model-offer.js';
import { createCore, type Core } from '../domain/core.js';
import type { AiModel } from '../ports/ai-model.js';
import type { Log } from '../ports/log.js';
import type { Mailer } from '../ports/mailer.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { Stores } from '../ports/stores.js';
import { policyOf } from '../config/policy.js';
import type { ModelDescription, ModelDescriptions } from '../config/models-file.js';
import type { Settings } from '../config/settings.js';

/** How the steps of a start are shown to whoever waits for it. */
export interface StartProgress {
  tell(line: string): void;
  warn(line: string): void;
}

const firstConnectPatienceMs = 30_000;

/**
 * Opens the database that the settings name, waits for it if need be, and brings its schema up to date. Makes its tables,
 * and the embedded database itself, if there are none yet; unless `isMade` is true, and then rejects with a SetupError.
 */
export async function openDatabase(
  settings: Settings,
  progress: StartProgress,
  { isMade = false }: { isMade?: boolean } = {},
): Promise<Database> {
  const database =
    settings.DATABASE_URL === null
      ? await openEmbedded(settings.DATA_DIR, progress)
      : openPostgres(settings, settings.DATABASE_URL, progress);
  try {
    if (settings.DATABASE_URL !== null) await awaitDatabase(database, settings.DATABASE_URL, progress);
    const ran = await database.migrate(migrationsDirectory, { mustExist: isMade });
    if (ran.length > 0) progress.tell(`Migrated the database: ${ran.join(', ')}.`);
    if (settings.DATABASE_POOLER === 'transaction') await warnWithoutTimeouts(database, progress);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The folder is claimed, and no other process works on it. */
async function openEmbedded(folder: string, progress: StartProgress): Promise<Database> {
  const directory = pgliteDirectory(folder);
  if (await hasDatabase(directory)) {
    progress.tell(`Opening the embedded database in ${folder}.`);
  } else {
    progress.tell(`Making the embedded database in ${folder}; this takes some seconds, once.`);
    await createPglite(folder);
  }
  await recordDatabase(directory);
  // Loaded only here: whoever runs on PostgreSQL does not pay for its memory.
  const { pgliteDatabase } = await import('../adapters/postgres/pglite-database.js');
  return pgliteDatabase(directory);
}

function openPostgres(settings: Settings, connectionString: string, progress: StartProgress): Database {
  progress.tell(`Connecting to PostgreSQL at ${connectionPlace(connectionString)}.`);
  return pgDatabase({
    ...connectionDefaults,
    connectionString,
    poolSize: settings.DATABASE_POOL_SIZE,
    isBehindPooler: settings.DATABASE_POOLER === 'transaction',
    schema: settings.DATABASE_SCHEMA,
    onIdleError: (error) => {
      progress.warn(`A connection to the database broke: ${error.message}`);
    },
  });
}

/** Behind a pooler no connection is ours to set timeouts on, so that the role has to have them. */
async function warnWithoutTimeouts(database: Database, progress: StartProgress): Promise<void> {
  const lacking = await missingRoleTimeouts(database);
  if (lacking.length === 0) return;
  progress.warn(
    `Behind a pooler the timeouts of statements are the role's, and it has none. In PostgreSQL: ${lacking.join(' ')}`,
  );
}

/**
 * Waits for a PostgreSQL that does not respond yet. Rejects with a SetupError that names the reason: at once if it cannot
 * pass by itself, else when the patience is at its end.
 */
async function awaitDatabase(
  database: Database,
  connectionString: string,
  progress: StartProgress,
): Promise<void> {
  const patienceEndsAt = Date.now() + firstConnectPatienceMs;
  for (;;) {
    try {
      await database.ping();
      return;
    } catch (error) {
      const fault = connectionProblemOf(error);
      if (!fault.isTransient || Date.now() >= patienceEndsAt) {
        throw connectionSetupError(connectionPlace(connectionString), fault);
      }
      progress.warn(`PostgreSQL does not answer yet (${fault.reason}); trying again.`);
      await delay(1000);
    }
  }
}

/** Sends mails by the server that the settings name, or writes them to files. */
export function composeMailer(settings: Settings, log: Log): Outbox {
  const from = settings.MAIL_FROM ?? { name: 'metered-chat', address: 'metered-chat@localhost' };
  return settings.SMTP_URL === null
    ? fileMailer({ folder: join(settings.DATA_DIR, 'mail'), from, log })
    : smtpMailer({ url: settings.SMTP_URL, from, log });
}

/** What stands between the core and its adapters, and passes everything on. */
export interface Between {
  stores(stores: Stores): Stores;
  model(model: AiModel, name: string): AiModel;
  passwordHasher(hasher: QueuedPasswordHasher): PasswordHasher;
  /** Headers that requests to providers have besides. */
  moreHeaders(): Record<string, string>;
}

/** Nothing stands between. */
export const nothingBetween: Between = {
  stores: (stores) => stores,
  model: (model) => model,
  passwordHasher: (hasher) => hasher,
  moreHeaders: () => ({}),
};

/** The core over a database, with the adapters that the settings ask for. `publicUrl` stands where they name none. */
export function composeCore(
  settings: Settings,
  database: Database,
  mail: { mailer: Mailer; publicUrl: string },
  between = nothingBetween,
): Core {
  return createCore({
    ...between.stores(postgresStores(database)),
    mailer: mail.mailer,
    passwordHasher: between.passwordHasher(composePasswordHasher(settings)),
    foreignHashes: djangoHashes(),
    commonPasswords: zxcvbnCommonPasswords(),
    rateLimiter: composeRateLimiter(settings, database),
    secrets: nodeSecrets(),
    ids: uuidIds(),
    clock: systemClock(),
    models: connectModels(settings.models, between),
    policy: policyOf(settings, mail.publicUrl),
  });
}

function connectModels([first, ...rest]: ModelDescriptions, between: Between): ModelOffers {
  const connect = ({ connection, ...terms }: ModelDescription): ModelOffer => ({
    ...terms,
    model: between.model(connectModel(connection, between), terms.name),
  });
  return [connect(first), ...rest.map(connect)];
}

/** Hashes on all cores at once, which gives way to everything else. */
function composePasswordHasher({ BCRYPT_COST, SIGN_IN_QUEUE }: Settings): QueuedPasswordHasher {
  const threads = availableParallelism();
  const cost = hashCost(BCRYPT_COST);
  const hasher = bcryptPasswordHasher({ cost: BCRYPT_COST }, workerBcrypt({ threads, measured: cost }));
  return queuedPasswordHasher(hasher, { concurrency: threads, maxWorkMs: SIGN_IN_QUEUE, cost });
}

/** The embedded database has one process, whose memory counts faster; servers that share a PostgreSQL count together. */
function composeRateLimiter(settings: Settings, database: Database): RateLimiter {
  if (settings.DATABASE_URL === null) return memoryRateLimiter();
  return postgresRateLimiter((statement) => database.query(statement));
}
