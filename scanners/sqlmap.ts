import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attackableRequests, type Attackable } from './attackable.js';
import { runProgram } from './programs.js';
import type { ScanTarget, Finding, ScanResult } from './scanner.js';

/** Critical messages that do not mean a failure. */
const isAdvice = /^all tested parameters do not appear|is going to retry|^considerable lagging/;

/** Injects SQL into every path, query parameter and body field. Responses with 5xx are findings as well. */
export async function runSqlmap(target: ScanTarget): Promise<ScanResult> {
  const requests = attackableRequests(target);
  const findings: Finding[] = [];
  let finished = 0;
  let sent = 0;
  for (const [index, request] of requests.entries()) {
    if (performance.now() > target.endsAtMs) break;
    const file = join(target.folder, `sqlmap-${index}.txt`);
    await writeFile(file, asText(request, target));
    const { output, exitCode } = await runProgram('sqlmap', argumentsFor(file, target), target.endsAtMs);
    findings.push(...findingsIn(output, request));
    if (exitCode === null) break;
    finished += 1;
    for (const [, times] of output.matchAll(/\d{3} \([^)]*\) - (\d+) times/g)) sent += Number(times);
  }
  return {
    findings,
    coverage: `${finished} of ${requests.length} requests of the document, ${sent} rejected attempts`,
  };
}

function argumentsFor(file: string, { folder }: ScanTarget): string[] {
  const output = ['--output-dir', join(folder, 'sqlmap'), '--disable-coloring', '--flush-session'];
  // Rejected attempts are the goal, not a sign of a firewall.
  const options = [
    '--batch',
    '--ignore-stdin',
    '--level',
    '1',
    '--risk',
    '1',
    '--threads',
    '4',
    '--skip-waf',
    '--ignore-code',
    '401,404',
  ];
  return ['-r', file, '--dbms', 'PostgreSQL', ...options, ...output];
}

function asText({ method, path, body }: Attackable, { url, authToken }: ScanTarget): string {
  const headers = [
    `Host: ${new URL(url).host}`,
    `Authorization: Bearer ${authToken}`,
    'Accept: application/json',
  ];
  if (body !== null) headers.push('Content-Type: application/json');
  return `${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

function findingsIn(output: string, { name }: Attackable): Finding[] {
  const found = [...output.matchAll(/^Parameter: (.*)$/gm)].map(([, parameter]) => ({
    rule: 'SQL injection',
    where: `${name}, ${parameter ?? ''}`,
  }));
  const failed = [...output.matchAll(/(5\d\d) \([^)]*\) - (\d+) times/g)].map(([, status, times]) => ({
    rule: `responses with ${status ?? ''}`,
    where: `${name}, ${times ?? ''} times`,
  }));
  // A request that the scanner gave up was not scanned; one that it retries was.
  const broken = [...output.matchAll(/\[CRITICAL\] (.*)$/gm)]
    .filter(([, message = '']) => !isAdvice.test(message))
    .map(([, message]) => ({ rule: 'not scanned', where: `${name}: ${message ?? ''}` }));
  const isScanned =
    found.length > 0 || output.includes('all tested parameters do not appear to be injectable');
  const unscanned = isScanned || broken.length > 0 ? [] : [{ rule: 'not scanned', where: name }];
  return [...found, ...failed, ...broken, ...unscanned];
}
