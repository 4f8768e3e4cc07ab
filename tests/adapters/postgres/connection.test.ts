import dns from 'node:dns';
import { connect, createServer, type AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { connectionProblemOf } from '../../../src/adapters/postgres/connection-error.js';
import { validateConnectionUrl } from '../../../src/adapters/postgres/connection-url.js';
import { connectionPlace } from '../../../src/adapters/postgres/pg-database.js';
import { openDatabase } from '../../../src/server/database.js';
import { DomainError } from '../../../src/domain/errors.js';
import { openPostgres } from '../../../src/entrypoints/postgres.js';
import { readSettings, type Settings } from '../../../src/config/read-settings.js';
import { postgresTestDatabase } from '../../setup/databases.js';
import { certificatePath, tlsProxy, type TlsResponse } from './tls-proxy.js';

let url: string;
let drop: () => Promise<void>;
const authority = certificatePath('ca.pem');

beforeAll(async () => {
  ({ url, drop } = await postgresTestDatabase({ isMigrated: true }));
});

afterAll(() => drop());

function settingsFor(connectionString: string): Settings {
  const read = readSettings({ DATABASE_URL: connectionString, DATABASE_POOL_SIZE: '2' });
  if (read.outcome === 'invalid') throw new Error(read.problems.join());
  return read.settings;
}

/** Returns the error of the server, and expects the same of `openPostgres`. */
async function connectError(
  connectionString: string,
): Promise<{ name: string; message: string; lines: string[] }> {
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  const error: unknown = await openDatabase(settingsFor(connectionString), {
    info: report,
    warn: report,
  }).then(
    (database) => database.close(),
    (caught: unknown) => caught,
  );
  const { name, message } = error as Error;
  await expect(openPostgres({ connectionString, poolSize: 2 })).rejects.toMatchObject({ name, message });
  return { name, message, lines };
}

async function withTlsProxy(response: TlsResponse, parameters: string) {
  const proxy = await tlsProxy(url, response);
  onTestFinished(() => proxy.close());
  const target = new URL(url);
  target.port = String(proxy.port);
  return { url: `${target.href}?${parameters}`, proxy };
}

/** Replaces the resolver until the end of the test: the first lookups fail with these codes, and later ones find 127.0.0.1. */
function stubResolver(codes: readonly string[]): void {
  const remaining = [...codes];
  const lookup = (host: string, options: dns.LookupOptions, done: (...found: unknown[]) => void) => {
    const code = remaining.shift();
    if (code !== undefined) done(Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code }));
    else if (options.all === true) done(null, [{ address: '127.0.0.1', family: 4 }]);
    else done(null, '127.0.0.1', 4);
  };
  const stub = vi.spyOn(dns, 'lookup').mockImplementation(lookup as typeof dns.lookup);
  onTestFinished(() => {
    stub.mockRestore();
  });
}

/** A server that forwards its connections to the PostgreSQL, and is closed after the test. */
function forwardingServer() {
  const target = new URL(url);
  const server = createServer((socket) => {
    const upstream = connect(Number(target.port), target.hostname);
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  onTestFinished(() => void server.close());
  return server;
}

describe('a lasting connection error is reported with its reason after one attempt', () => {
  test.each([
    [
      'a certificate for another host',
      { certificate: 'elsewhere' },
      `sslmode=verify-full&sslrootcert=${authority}`,
      'for another host',
    ],
    ['an unknown authority', { certificate: 'here' }, 'sslmode=verify-full', 'sslrootcert=…'],
    [
      'an authority other than the given one',
      { certificate: 'here' },
      `sslmode=verify-full&sslrootcert=${certificatePath('elsewhere.pem')}`,
      'sslrootcert=…',
    ],
    [
      'a certificate that has expired',
      { certificate: 'expired' },
      `sslmode=verify-full&sslrootcert=${authority}`,
      'has expired',
    ],
    ['a server without TLS', 'none', 'sslmode=require', 'it does not support TLS'],
    ['a server of another protocol', 'another protocol', 'sslmode=require', 'the server is not a PostgreSQL'],
  ] as const)('%s', async (_, response, parameters, reason) => {
    const { url: secured, proxy } = await withTlsProxy(response, parameters);
    const { name, message, lines } = await connectError(secured);
    expect(name).toBe('SetupError');
    expect(message).toContain(`PostgreSQL at 127.0.0.1:${proxy.port} cannot be used: `);
    expect(message).toContain(reason);
    expect(message).not.toContain('\n');
    expect(lines).toEqual([`Connecting to PostgreSQL at 127.0.0.1:${proxy.port}.`]);
    // One of the server, one of `openPostgres`.
    expect(proxy.attempts()).toBe(2);
  });

  test('a host that does not exist', async () => {
    stubResolver(['ENOTFOUND', 'ENOTFOUND']);
    const { name, message } = await connectError('postgresql://me:secret@no-such-host.invalid/db');
    expect({ name, message }).toEqual({
      name: 'SetupError',
      message: 'PostgreSQL at no-such-host.invalid:5432 cannot be used: the host does not exist.',
    });
  });

  test('a role or a database that does not exist', async () => {
    const missing = Object.assign(new URL(url), { pathname: '/no_such_database' }).href;
    expect((await connectError(missing)).message).toBe(
      'PostgreSQL rejects the connection: database "no_such_database" does not exist.',
    );
    const stranger = Object.assign(new URL(url), { username: 'stranger' }).href;
    expect((await connectError(stranger)).message).toMatch(/^PostgreSQL rejects the connection: .*stranger/);
  });
});

test('a valid certificate is accepted', async () => {
  const { url: secured } = await withTlsProxy(
    { certificate: 'here' },
    `sslmode=verify-full&sslrootcert=${authority}`,
  );
  const opened = await openPostgres({ connectionString: secured, poolSize: 2 });
  expect(await opened.database.query({ text: 'select 1 as one' })).toEqual([{ one: 1 }]);
  await opened.close();
});

test('a transient connection error is logged, and the connection is retried until it succeeds', async () => {
  const placeholder = createServer();
  await new Promise<void>((resolve) => placeholder.listen(0, '127.0.0.1', resolve));
  const { port } = placeholder.address() as AddressInfo;
  await new Promise((resolve) => placeholder.close(resolve));
  const later = Object.assign(new URL(url), { port: String(port) }).href;
  const lines: string[] = [];
  const server = forwardingServer();
  const opening = openDatabase(settingsFor(later), {
    info: () => undefined,
    warn: (line) => lines.push(line),
  });
  await vi.waitFor(() => {
    expect(lines.join()).toMatch(/connect ECONNREFUSED/);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await (await opening).close();
});

test('a resolver that fails for a moment is asked again', async () => {
  stubResolver(['EAI_AGAIN']);
  const lines: string[] = [];
  const byName = Object.assign(new URL(url), { hostname: 'database.example.org' }).href;
  const opened = await openDatabase(settingsFor(byName), {
    info: () => undefined,
    warn: (line) => lines.push(line),
  });
  await opened.close();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('getaddrinfo EAI_AGAIN database.example.org');
});

test.each([
  ['ECONNREFUSED', true],
  ['ECONNRESET', true],
  ['ETIMEDOUT', true],
  ['EAI_AGAIN', true],
  ['EHOSTUNREACH', true],
  ['ENOENT', true],
  ['57P03', true],
  ['53300', true],
  ['08006', true],
  ['ENOTFOUND', false],
  ['28P01', false],
  ['3D000', false],
  ['42501', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', false],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', false],
  ['CERT_HAS_EXPIRED', false],
  ['EACCES', false],
])('the error %s is transient: %s', (code, isTransient) => {
  const error = Object.assign(new Error('it failed'), { code });
  expect(connectionProblemOf(error)).toMatchObject({ isTransient });
  const wrapped = new DomainError('unavailable', 'The database is not available.', {}, { cause: error });
  expect(connectionProblemOf(wrapped)).toMatchObject({ isTransient });
});

test('the error of a host with several addresses lists the failure of each', () => {
  const failures = ['::1', '127.0.0.1'].map((address) => new Error(`connect ECONNREFUSED ${address}:5432`));
  const error = Object.assign(new AggregateError(failures), { code: 'ECONNREFUSED' });
  expect(connectionProblemOf(error)).toEqual({
    reason: 'connect ECONNREFUSED ::1:5432, connect ECONNREFUSED 127.0.0.1:5432',
    isTransient: true,
  });
});

describe('a connection URL', () => {
  test.each([
    ['postgresql://user:pw@/db?host=/socket/dir', '/socket/dir/.s.PGSQL.5432'],
    ['postgresql://user:pw@/db?host=/socket/dir&port=6000', '/socket/dir/.s.PGSQL.6000'],
    ['postgresql:///db?host=%2Ftmp', '/tmp/.s.PGSQL.5432'],
    ['postgresql://%2Ftmp/db', '/tmp/.s.PGSQL.5432'],
    ['postgresql://user:pw@%2Fvar%2Frun:5433/db', '/var/run/.s.PGSQL.5433'],
    ['postgresql://localhost', 'localhost:5432'],
    ['postgres://user:p%40ss%2Fw%23%3F@host.example:1/db', 'host.example:1'],
    ['postgresql://user:p@ss@host.example/db', 'host.example:5432'],
    ['postgresql://[::1]:5433/db', '[::1]:5433'],
    ['postgresql://user:secret@/db', 'localhost:5432'],
    ['postgresql://ignored:1/db?host=named.example&port=2', 'named.example:2'],
  ])('%s connects to %s', (text, place) => {
    expect(validateConnectionUrl(text)).toBeNull();
    expect(connectionPlace(text)).toBe(place);
  });

  test('without a host connects to PGHOST and PGPORT', () => {
    vi.stubEnv('PGHOST', '/from/environment');
    vi.stubEnv('PGPORT', '7000');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(connectionPlace('postgresql:///db')).toBe('/from/environment/.s.PGSQL.7000');
    expect(connectionPlace('postgresql://host.example/db')).toBe('host.example:7000');
  });

  test.each([
    ['postgresql://user:pw@one,two/db', 'has several hosts'],
    ['postgresql://user:pw@one:1,two:2/db', 'has several hosts'],
    ['postgresql:///db?host=one,two', 'has several hosts'],
    ['postgresql://user:12#3@host/db', 'as %23'],
    ['postgresql://user:12?3@host/db', 'as %3F'],
    ['postgresql://host/db?port=http', 'an invalid port'],
    ['postgresql://host/db?port=65536', 'an invalid port'],
    ['postgresql://host/db?sslmode=always', 'sslmode'],
    [
      'postgresql://host/db?sslmode=verify-full&sslrootcert=/no/such.pem',
      'the file /no/such.pem, which cannot be read',
    ],
    ['postgresql://user:100%@host/db', 'must be a URL'],
    ['postgresql://host with spaces/db', 'must be a URL'],
    ['mysql://host/db', 'must be a URL'],
    ['/socket/dir db', 'must be a URL'],
  ])('%s is rejected, without showing its password', (text, reason) => {
    expect(validateConnectionUrl(text)).toContain(reason);
    expect(readSettings({ DATABASE_URL: text })).toMatchObject({ outcome: 'invalid' });
    expect(validateConnectionUrl(text)).not.toContain('pw');
  });
});

test('a URL can contain the directory of a socket', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'mc-socket-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const target = new URL(url);
  const server = forwardingServer();
  await new Promise<void>((resolve) => server.listen(join(directory, '.s.PGSQL.5432'), resolve));
  const { username, password, pathname } = new URL(inject('postgresUrl'));
  expect(pathname).toBe('/postgres');
  const lines: string[] = [];
  for (const text of [
    `postgresql://${username}:${password}@/${target.pathname.slice(1)}?host=${directory}`,
    `postgresql://${username}:${password}@${encodeURIComponent(directory)}${target.pathname}`,
  ]) {
    const database = await openDatabase(settingsFor(text), {
      info: (line) => lines.push(line),
      warn: (line) => lines.push(line),
    });
    expect(await database.query({ text: 'select current_database() as name' })).toEqual([
      { name: target.pathname.slice(1) },
    ]);
    await database.close();
  }
  const line = `Connecting to PostgreSQL at ${directory}/.s.PGSQL.5432.`;
  expect(lines).toEqual([line, line]);
});
