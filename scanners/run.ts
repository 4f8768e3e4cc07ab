import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../bench/server.js';
import { runFuzz } from './fuzz.js';
import { falsePositiveReason } from './known-false-positives.js';
import { ensureProgram } from './programs.js';
import { runSlowhttptest } from './slowhttptest.js';
import { runSqlmap } from './sqlmap.js';
import type { Scanner, ScanTarget } from './scanner.js';
import { runWapiti } from './wapiti.js';

const scanners: Record<string, { scanner: Scanner; program: string | null }> = {
  wapiti: { scanner: runWapiti, program: 'wapiti' },
  sqlmap: { scanner: runSqlmap, program: 'sqlmap' },
  slowhttptest: { scanner: runSlowhttptest, program: 'slowhttptest' },
  fuzz: { scanner: runFuzz, program: null },
};
const minutesEach = Number(process.env['MINUTES'] ?? 20);
const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(scanners);
const password = 'Scanner-Pass-2026';

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function post(url: string, body: object, authToken?: string): Promise<Record<string, string>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(authToken === undefined ? {} : { Authorization: `Bearer ${authToken}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} responded with ${response.status}.`);
  return (await response.json()) as Record<string, string>;
}

/** Signs in as the administrator, and creates a conversation and another account. */
async function prepare(
  url: string,
): Promise<Pick<ScanTarget, 'url' | 'authToken' | 'conversationId' | 'userId'>> {
  const { token: authToken = '' } = await post(`${url}/api/login/`, { username: 'scanner', password });
  const chat = await post(`${url}/api/chat/`, { message: 'Hello, AI!' }, authToken);
  const other = await post(`${url}/api/admin/users/`, { username: 'jane_doe', password }, authToken);
  return { url, authToken, conversationId: chat['conversation_id'] ?? '', userId: other['id'] ?? '' };
}

/** Runs a scanner and prints its findings. Returns true if there are none. */
async function scan(name: string, target: Omit<ScanTarget, 'endsAtMs'>): Promise<boolean> {
  const found = scanners[name];
  if (found === undefined)
    throw new Error(`There is no scanner "${name}", only ${Object.keys(scanners).join(', ')}.`);
  const program = found.program === null ? ({ installed: true } as const) : ensureProgram(found.program);
  if (!program.installed) {
    print(`${name}: was not run, because it is not installed: ${program.problem}`);
    return false;
  }
  const startedAt = performance.now();
  const { findings, coverage } = await found.scanner({
    ...target,
    endsAtMs: startedAt + minutesEach * 60_000,
  });
  const classified = findings.map((finding) => ({ ...finding, known: falsePositiveReason(name, finding) }));
  const real = classified.filter(({ known }) => known === null);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  print(
    `${name}: ${real.length} findings, ${classified.length - real.length} known false positives; ${coverage}; ${seconds} s`,
  );
  for (const { rule, where } of real) print(`  ${rule}: ${where}`);
  return real.length === 0;
}

const folder = await mkdtemp(join(tmpdir(), 'metered-chat-scan-'));
try {
  const settings = {
    DATA_DIR: join(folder, 'data'),
    RATE_LIMIT: 'off',
    BCRYPT_COST: '10',
    LOG_LEVEL: 'error',
  };
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const createAdmin = ['create-admin', '--username', 'scanner', '--email', '', '--password-stdin'];
  const env = { PATH: process.env['PATH'], ...settings };
  execFileSync(process.execPath, [main, 'migrate'], { env });
  execFileSync(process.execPath, [main, ...createAdmin], { env, input: `${password}\n` });
  const server = await startServer(settings);
  try {
    const target = { ...(await prepare(server.url)), folder };
    for (const name of names) if (!(await scan(name, target))) process.exitCode = 1;
  } finally {
    await server.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
