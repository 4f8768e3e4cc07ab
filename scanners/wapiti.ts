import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attackableRequests } from './attackable.js';
import { runProgram } from './programs.js';
import type { ScanTarget, Finding, ScanResult } from './scanner.js';

interface Report {
  vulnerabilities: Record<string, ReportedFinding[]>;
  anomalies: Record<string, ReportedFinding[]>;
  infos: { crawled_pages_nbr?: number };
}

interface ReportedFinding {
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

/** Crawls the pages and the GET routes of the API, and attacks what it finds. */
export async function runWapiti(target: ScanTarget): Promise<ScanResult> {
  const report = join(target.folder, 'wapiti.json');
  const reads = attackableRequests(target).filter(({ method }) => method === 'GET');
  const starts = [...pages, ...reads.map(({ path }) => path.replaceAll('*', ''))];
  const scanSeconds = Math.max(Math.floor((target.endsAtMs - performance.now()) / 1000) - 20, 1);
  const attackSeconds = Math.max(Math.floor(scanSeconds / modules.length), 5);
  const { output } = await runProgram(
    'wapiti',
    [
      ...['-u', `${target.url}/`, '--scope', 'domain', '--flush-session', '--verify-ssl', '0', '-v', '0'],
      ...starts.flatMap((path) => ['-s', target.url + path]),
      ...['-m', modules.join(','), '-H', `Authorization: Bearer ${target.authToken}`],
      ...['--max-scan-time', String(Math.floor(scanSeconds / 3)), '--max-attack-time', String(attackSeconds)],
      ...['-f', 'json', '-o', report, '--store-session', target.folder, '--no-bugreport'],
    ],
    target.endsAtMs,
  );
  const findingsReport = await readFile(report, 'utf8').then(
    (text) => JSON.parse(text) as Report,
    () => null,
  );
  if (findingsReport === null) {
    return {
      findings: [{ rule: 'not scanned', where: output.trim().split('\n').at(-1) ?? '' }],
      coverage: 'nothing',
    };
  }
  const findings = [findingsReport.vulnerabilities, findingsReport.anomalies].flatMap((categories) =>
    Object.entries(categories).flatMap(([rule, all]): Finding[] =>
      all.map(({ method, path, info }) => ({ rule, where: `${method} ${path}: ${info}` })),
    ),
  );
  return { findings, coverage: `${modules.length} kinds of attack, from ${starts.length} addresses` };
}
