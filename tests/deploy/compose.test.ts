import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { clientAddress } from '../../src/adapters/http/kit/headers.js';
import { readSettings, type Settings } from '../../src/config/read-settings.js';
import type { IncomingMessage } from 'node:http';

interface Service {
  command?: unknown;
  init?: boolean;
  stop_grace_period?: string;
  env_file?: { path: string; required: boolean }[];
  environment: Record<string, string>;
  secrets?: string[];
  ports?: string[];
  logging: { driver: string; options: Record<string, string> };
}

interface Compose {
  services: Record<'postgres' | 'chat' | 'caddy', Service>;
  networks: Record<string, unknown>;
}

const fileText = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
const { services, networks } = parse(await fileText('compose.yaml')) as Compose;
const { chat, caddy, postgres } = services;

/** The variables of the image, which all others override. */
const image = parseEnv(/^ENV (.*)$/m.exec(await fileText('Dockerfile'))?.[1]?.replaceAll(' ', '\n') ?? '');

/** The environment of every process in the container, given the `.env` of an operator. */
function environmentBeside(envFile: Record<string, string | undefined>): Record<string, string | undefined> {
  const site = envFile['SITE_ADDRESS'] ?? '';
  const given = Object.entries(chat.environment).map(([name, value]) => [
    name,
    value.replace(/\$\{SITE_ADDRESS:\?[^}]*\}/, site),
  ]);
  return { ...image, ...envFile, ...(Object.fromEntries(given) as Record<string, string>) };
}

/** The settings of the server; the file with the password exists only in the container. */
function settingsBeside(envFile: Record<string, string | undefined>): Settings {
  const environment = environmentBeside({ SITE_ADDRESS: 'chat.example.com', ...envFile });
  const read = readSettings({ ...environment, DATABASE_PASSWORD_FILE: '', DATABASE_PASSWORD: 'secret' });
  if (read.outcome === 'invalid') throw new Error(read.problems.join('\n'));
  return read.settings;
}

describe('the server of compose.yaml', () => {
  test('gets every setting in .env, except those that the containers fix', () => {
    expect(chat.env_file).toEqual([{ path: '.env', required: false }]);
    expect(settingsBeside({ AI_PROVIDER: 'openai', AI_API_KEY: 'sk-key', AI_MODEL: 'gpt' })).toMatchObject({
      AI_PROVIDER: 'openai',
      AI_API_KEY: 'sk-key',
      PUBLIC_URL: 'https://chat.example.com',
    });
    const { STARTING_TOKENS, MAIL_FROM } = settingsBeside({
      STARTING_TOKENS: '7',
      SMTP_URL: 'smtps://mail.example.com',
      MAIL_FROM: 'chat@example.com',
    });
    expect([STARTING_TOKENS, MAIL_FROM?.address]).toEqual([7, 'chat@example.com']);
  });

  test('is reachable and writes to its volume even if .env is a copy of .env.example', async () => {
    const copied = parseEnv(await fileText('.env.example')) as Record<string, string>;
    expect(copied['HOST']).toBe('127.0.0.1');
    expect(settingsBeside({ ...copied, PORT: '9000' })).toMatchObject({
      ...{ HOST: '0.0.0.0', PORT: 8000, DATA_DIR: '/data' },
    });
  });

  test('reads the password from its secret, as the commands in the container do', () => {
    expect(chat.command).toBeUndefined();
    expect(chat.environment['DATABASE_PASSWORD_FILE']).toBe('/run/secrets/postgres_password');
    expect(postgres.environment['POSTGRES_PASSWORD_FILE']).toBe('/run/secrets/postgres_password');
    expect(chat.secrets).toEqual(['postgres_password']);
    const { hostname, username, password, pathname } = new URL(chat.environment['DATABASE_URL'] ?? '');
    expect([hostname, username, password]).toEqual(['postgres', postgres.environment['POSTGRES_USER'], '']);
    expect(pathname).toBe(`/${postgres.environment['POSTGRES_DB'] ?? ''}`);
  });

  test('identifies clients by the address that Caddy reports, in every network that Docker may choose', () => {
    const addressOf = clientAddress(settingsBeside({}).TRUSTED_PROXIES ?? []);
    for (const remoteAddress of ['172.17.0.3', '172.31.0.3', '192.168.240.3', '10.1.0.3', 'fd12::3']) {
      const headers = { 'x-forwarded-for': '198.51.100.7' };
      const request = { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
      expect(addressOf(request), remoteAddress).toBe('198.51.100.7');
    }
    expect(Object.values(networks)).toEqual([null]);
    expect(JSON.stringify(services)).not.toContain('ipv4_address');
  });

  test('has more time to stop than DRAIN_DELAY plus SHUTDOWN_TIMEOUT', () => {
    const seconds = Number(/^\$\{STOP_GRACE_PERIOD:-(\d+)s\}$/.exec(chat.stop_grace_period ?? '')?.[1]);
    const { DRAIN_DELAY, SHUTDOWN_TIMEOUT } = settingsBeside({});
    expect(SHUTDOWN_TIMEOUT).toBeGreaterThan(0);
    expect(seconds * 1000).toBeGreaterThan(DRAIN_DELAY + SHUTDOWN_TIMEOUT);
  });

  test('handles signals from the first moment', () => {
    expect(chat.init).toBe(true);
  });
});

test('every service of compose.yaml rotates its log', () => {
  for (const { logging } of Object.values(services)) {
    expect(logging.driver).toBe('json-file');
    expect(Object.keys(logging.options).sort()).toEqual(['max-file', 'max-size']);
  }
});

test('HTTP/3 can reach Caddy', () => {
  expect(caddy.ports).toEqual(['80:80', '443:443', '443:443/udp']);
});
