import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../bench/server.js';
import { runFuzz } from './fuzz.js';
import { whyKnown } from './known.js';
import { ensureProgram } from './programs.js';
import { runSlowhttptest } from './slowhttptest.js';
import { runSqlmap } from './sqlmap.js';
import type { Case, Scanner } from './verdict.js';
import { runWapiti } from './wapiti.js';

const scanners: Record<string, { scanner: Scanner; program: string | null }> = {
  wapiti: { scanner: runWapiti, program: 'wapiti' },
  sqlmap: { scanner: runSqlmap, program: 'sqlmap' },
  slowhttptest: { scanner: runSlowhttptest, program: 'slowhttptest' },
  fuzz: { scanner: runFuzz, program: null },
};
const minutesEach = Number(process.env['MINUTES'] ?? 20);
const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(scanners);
const password = 'Judge-Pass-2026';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function post(url: string, body: object, secret?: string): Promise<Record<string, string>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(secret === undefined ? {} : { Authorization: `Bearer ${secret}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return (await response.json()) as Record<string, string>;
}

/** Makes an administrator with a conversation, and another account, on the server. */
async function prepare(url: string): Promise<Pick<Case, 'url' | 'secret' | 'conversationId' | 'userId'>> {
  const { token: secret = '' } = await post(`${url}/api/login/`, { username: 'judge', password });
  const chat = await post(`${url}/api/chat/`, { message: 'Hello, AI!' }, secret);
  const other = await post(`${url}/api/admin/users/`, { username: 'jane_doe', password }, secret);
  return { url, secret, conversationId: chat['conversation_id'] ?? '', userId: other['id'] ?? '' };
}

/** Prints what a judge holds against us; true where that is nothing. */
async function hear(name: string, given: Omit<Case, 'endsAtMs'>): Promise<boolean> {
  const found = scanners[name];
  if (found === undefined)
    throw new Error(`There is no judge "${name}", only ${Object.keys(scanners).join(', ')}.`);
  const program = found.program === null ? ({ there: true } as const) : ensureProgram(found.program);
  if (!program.there) {
    say(`${name}: was not heard, as it is not there: ${program.because}`);
    return false;
  }
  const startedAt = performance.now();
  const { findings, looked } = await found.scanner({ ...given, endsAtMs: startedAt + minutesEach * 60_000 });
  const judged = findings.map((finding) => ({ ...finding, known: whyKnown(name, finding) }));
  const real = judged.filter(({ known }) => known === null);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  say(
    `${name}: ${real.length} findings, ${judged.length - real.length} known to be none; ${looked}; ${seconds} s`,
  );
  for (const { rule, where } of real) say(`  ${rule}: ${where}`);
  return real.length === 0;
}

const folder = await mkdtemp(join(tmpdir(), 'metered-chat-judges-'));
try {
  const settings = {
    DATA_DIR: join(folder, 'data'),
    RATE_LIMIT: 'off',
    BCRYPT_COST: '10',
    LOG_LEVEL: 'error',
  };
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const createAdmin = ['create-admin', '--username', 'judge', '--email', '', '--password-stdin'];
  const env = { PATH: process.env['PATH'], ...settings };
  execFileSync(process.execPath, [main, 'migrate'], { env });
  execFileSync(process.execPath, [main, ...createAdmin], { env, input: `${password}\n` });
  const server = await startServer(settings);
  try {
    const given = { ...(await prepare(server.url)), folder };
    for (const name of names) if (!(await hear(name, given))) process.exitCode = 1;
  } finally {
    await server.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
