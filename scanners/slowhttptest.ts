import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './programs.js';
import type { Case, Finding, Verdict } from './verdict.js';

const connections = 400;
const seconds = 30;

/** Ways of being slow; each keeps its connections for as long as the server lets it. */
const ways: Record<string, string[]> = {
  'slow headers': ['-H', '-u', '/api/tokens/'],
  'slow body': ['-B', '-u', '/api/register/', '-f', 'application/json'],
  'slow read': ['-X', '-u', '/admin/', '-k', '3', '-w', '10', '-y', '20', '-n', '5', '-z', '5'],
};

/** Opens many connections that are slow, and asks all the while, by others, whether the server answers. */
export async function runSlowhttptest(given: Case): Promise<Verdict> {
  const findings: Finding[] = [];
  let moments = 0;
  for (const [way, args] of Object.entries(ways)) {
    const prefix = join(given.folder, way.replace(' ', '-'));
    const load = ['-c', String(connections), '-r', '200', '-i', '5', '-l', String(seconds), '-p', '3'];
    const target = args.map((part) => (part.startsWith('/') ? given.url + part : part));
    const { output } = await runProgram(
      'slowhttptest',
      [...target, ...load, '-g', '-o', prefix],
      given.endsAtMs,
    );
    const rows = await readRows(`${prefix}.csv`);
    moments += rows.length;
    if (rows.length === 0)
      findings.push({ rule: 'not judged', where: `${way}: ${output.trim().split('\n').at(-1) ?? ''}` });
    const away = rows.filter(({ isAvailable }) => !isAvailable);
    if (away.length > 0)
      findings.push({ rule: 'not available', where: `${way}: in ${away.length} of ${rows.length} moments` });
  }
  const count = Object.keys(ways).length;
  return { findings, looked: `${count} ways of ${connections} connections each, in ${moments} moments` };
}

async function readRows(file: string): Promise<{ isAvailable: boolean }[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.trim().split('\n').slice(1);
  return lines.map((line) => ({ isAvailable: Number(line.split(',').at(-1)) > 0 }));
}
