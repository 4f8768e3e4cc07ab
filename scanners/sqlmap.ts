import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attackableRequests, type Attackable } from './attackable.js';
import { runProgram } from './programs.js';
import type { Case, Finding, Verdict } from './verdict.js';

/** What it says loudly, and goes on. */
const isAdvice = /^all tested parameters do not appear|is going to retry|^considerable lagging/;

/** Injects SQL wherever the API takes something: path, query and every field of a body. Answers of 5xx are findings too. */
export async function runSqlmap(given: Case): Promise<Verdict> {
  const requests = attackableRequests(given);
  const findings: Finding[] = [];
  let finished = 0;
  let sent = 0;
  for (const [index, request] of requests.entries()) {
    if (performance.now() > given.endsAtMs) break;
    const file = join(given.folder, `sqlmap-${index}.txt`);
    await writeFile(file, asText(request, given));
    const { output, exitCode } = await runProgram('sqlmap', argumentsFor(file, given), given.endsAtMs);
    findings.push(...findingsIn(output, request));
    if (exitCode === null) break;
    finished += 1;
    for (const [, times] of output.matchAll(/\d{3} \([^)]*\) - (\d+) times/g)) sent += Number(times);
  }
  return {
    findings,
    looked: `${finished} of ${requests.length} requests of the document, ${sent} refused attempts`,
  };
}

function argumentsFor(file: string, { folder }: Case): string[] {
  const output = ['--output-dir', join(folder, 'sqlmap'), '--disable-coloring', '--flush-session'];
  // Refusals are what is hoped for, and not what tells that somebody is kept out; and what was erased is not there again.
  const how = [
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
  return ['-r', file, '--dbms', 'PostgreSQL', ...how, ...output];
}

function asText({ method, target, body }: Attackable, { url, secret }: Case): string {
  const headers = [
    `Host: ${new URL(url).host}`,
    `Authorization: Bearer ${secret}`,
    'Accept: application/json',
  ];
  if (body !== null) headers.push('Content-Type: application/json');
  return `${method} ${target} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

function findingsIn(output: string, { name }: Attackable): Finding[] {
  const found = [...output.matchAll(/^Parameter: (.*)$/gm)].map(([, parameter]) => ({
    rule: 'SQL injection',
    where: `${name}, ${parameter ?? ''}`,
  }));
  const failed = [...output.matchAll(/(5\d\d) \([^)]*\) - (\d+) times/g)].map(([, status, times]) => ({
    rule: `answers of ${status ?? ''}`,
    where: `${name}, ${times ?? ''} times`,
  }));
  // What it could not do at all was not judged; what it does once more is.
  const broken = [...output.matchAll(/\[CRITICAL\] (.*)$/gm)]
    .filter(([, message = '']) => !isAdvice.test(message))
    .map(([, message]) => ({ rule: 'not judged', where: `${name}: ${message ?? ''}` }));
  const isJudged =
    found.length > 0 || output.includes('all tested parameters do not appear to be injectable');
  const unjudged = isJudged || broken.length > 0 ? [] : [{ rule: 'not judged', where: name }];
  return [...found, ...failed, ...broken, ...unjudged];
}
