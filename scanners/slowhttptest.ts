import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './programs.js';
import type { ScanTarget, Finding, ScanResult } from './scanner.js';

const connections = 400;
const seconds = 30;

/** Each attack keeps its connections open for as long as the server allows. */
const attacks: Record<string, string[]> = {
  'slow headers': ['-H', '-u', '/api/tokens/'],
  'slow body': ['-B', '-u', '/api/register/', '-f', 'application/json'],
  'slow read': ['-X', '-u', '/admin/', '-k', '3', '-w', '10', '-y', '20', '-n', '5', '-z', '5'],
};

/** Opens many slow connections, and checks meanwhile whether the server still responds to others. */
export async function runSlowhttptest(target: ScanTarget): Promise<ScanResult> {
  const findings: Finding[] = [];
  let samples = 0;
  for (const [attack, args] of Object.entries(attacks)) {
    const prefix = join(target.folder, attack.replace(' ', '-'));
    const load = ['-c', String(connections), '-r', '200', '-i', '5', '-l', String(seconds), '-p', '3'];
    const options = args.map((part) => (part.startsWith('/') ? target.url + part : part));
    const { output } = await runProgram(
      'slowhttptest',
      [...options, ...load, '-g', '-o', prefix],
      target.endsAtMs,
    );
    const rows = await readRows(`${prefix}.csv`);
    samples += rows.length;
    if (rows.length === 0)
      findings.push({ rule: 'not scanned', where: `${attack}: ${output.trim().split('\n').at(-1) ?? ''}` });
    const unavailable = rows.filter(({ isAvailable }) => !isAvailable);
    if (unavailable.length > 0)
      findings.push({
        rule: 'not available',
        where: `${attack}: in ${unavailable.length} of ${rows.length} samples`,
      });
  }
  const count = Object.keys(attacks).length;
  return { findings, coverage: `${count} attacks of ${connections} connections each, in ${samples} samples` };
}

async function readRows(file: string): Promise<{ isAvailable: boolean }[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.trim().split('\n').slice(1);
  return lines.map((line) => ({ isAvailable: Number(line.split(',').at(-1)) > 0 }));
}
