import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attackableRequests } from './attackable.js';
import { runProgram } from './programs.js';
import type { Case, Finding, Verdict } from './verdict.js';

interface Report {
  vulnerabilities: Record<string, Said[]>;
  anomalies: Record<string, Said[]>;
  infos: { crawled_pages_nbr?: number };
}

interface Said {
  info: string;
  method: string;
  path: string;
}

const modules = [
  ...['backup', 'blindsql', 'cookieflags', 'crlf', 'csp', 'csrf', 'exec', 'file', 'htaccess', 'http_headers'],
  ...['methods', 'permanentxss', 'redirect', 'shellshock', 'sql', 'ssrf', 'xss', 'xxe'],
];
const pages = [
  '/',
  '/admin/',
  '/api/docs/',
  '/account/',
  '/health/live',
  '/health/ready',
  '/api/openapi.json',
];

/** Walks through the pages and whatever the API answers to a GET, and attacks what it finds. */
export async function runWapiti(given: Case): Promise<Verdict> {
  const report = join(given.folder, 'wapiti.json');
  const reads = attackableRequests(given).filter(({ method }) => method === 'GET');
  const starts = [...pages, ...reads.map(({ target }) => target.replaceAll('*', ''))];
  const scanSeconds = Math.max(Math.floor((given.endsAtMs - performance.now()) / 1000) - 20, 1);
  const attackSeconds = Math.max(Math.floor(scanSeconds / modules.length), 5);
  const { output } = await runProgram(
    'wapiti',
    [
      ...['-u', `${given.url}/`, '--scope', 'domain', '--flush-session', '--verify-ssl', '0', '-v', '0'],
      ...starts.flatMap((target) => ['-s', given.url + target]),
      ...['-m', modules.join(','), '-H', `Authorization: Bearer ${given.secret}`],
      // What a page of the administration links to for signing out would end the session.
      ...['--max-scan-time', String(Math.floor(scanSeconds / 3)), '--max-attack-time', String(attackSeconds)],
      ...['-f', 'json', '-o', report, '--store-session', given.folder, '--no-bugreport'],
    ],
    given.endsAtMs,
  );
  const said = await readFile(report, 'utf8').then(
    (text) => JSON.parse(text) as Report,
    () => null,
  );
  if (said === null) {
    return {
      findings: [{ rule: 'not judged', where: output.trim().split('\n').at(-1) ?? '' }],
      looked: 'nothing',
    };
  }
  const findings = [said.vulnerabilities, said.anomalies].flatMap((categories) =>
    Object.entries(categories).flatMap(([rule, all]): Finding[] =>
      all.map(({ method, path, info }) => ({ rule, where: `${method} ${path}: ${info}` })),
    ),
  );
  return { findings, looked: `${modules.length} kinds of attack, from ${starts.length} addresses` };
}
