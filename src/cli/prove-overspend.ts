import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { SetupError } from '../domain/setup-error.js';
import type { CommandResult, StandaloneCommand } from './command.js';
import { explainError } from './explain-error.js';
import { overspendCases, type Measurement, type OverspendCase, type Prices } from './overspend/cases.js';
import { adapterOf, type CompleteAdapter } from './overspend/gateway.js';
import { meteredChatAdapter } from './overspend/metered-chat-gateway.js';
import { caseLines, describePrices, summaryOf, type CaseReport } from './overspend/report.js';
import type { Bench } from './overspend/test-bench.js';
import { startTestModel } from './overspend/test-model.js';
import { priceRequests } from './overspend/trial.js';
import { wrongUsage } from './usage.js';

export const proveOverspendCommand: StandaloneCommand = {
  name: 'prove-overspend',
  parameters:
    '--url URL … --key KEY [--model NAME] [--adapter FILE] [--serve-model PORT] [--rounds N] [--seed N]',
  summary: 'tries to spend more than there is at a running server; see docs/overspend.md',
  usesDatabase: false,
  run: proveOverspend,
};

/** What the arguments say. */
interface Options {
  urls: string[];
  key: string;
  model: string;
  adapter: CompleteAdapter;
  modelPort: number | null;
  rounds: number;
  seed: number;
}

/** The exit code is 0 if nothing was overspent, 1 if something was, and 2 if the test could not be run as a whole. */
async function proveOverspend(
  args: readonly string[],
  print: (line: string) => void,
): Promise<CommandResult> {
  try {
    const options = await optionsOf(args);
    if (typeof options === 'string') return wrongUsage(proveOverspendCommand, options);
    return await runAll(options, print);
  } catch (error) {
    // An adapter throws plain errors for the operator.
    const isForOperator = error instanceof Error && error.name === 'Error';
    return { exitCode: 2, lines: [isForOperator ? error.message : explainError(error)] };
  }
}

async function optionsOf(args: readonly string[]): Promise<Options | string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string', multiple: true },
      key: { type: 'string' },
      model: { type: 'string' },
      adapter: { type: 'string' },
      'serve-model': { type: 'string' },
      rounds: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const { url: urls = [], key } = values;
  if (urls.length === 0 || key === undefined) return 'A --url and a --key are required. ';
  const invalidUrl = urls.find((url) => !/^https?:\/\//.test(url) || !URL.canParse(url));
  if (invalidUrl !== undefined) return `"${invalidUrl}" is not a URL such as http://localhost:8000. `;
  const [rounds, seed, port] = [
    values.rounds ?? '1',
    values.seed ?? randomSeed(),
    values['serve-model'] ?? '0',
  ];
  const notANumber = [rounds, seed, port].find((text) => !/^\d{1,9}$/.test(text));
  if (notANumber !== undefined || rounds === '0') return `"${notANumber ?? rounds}" is not a number. `;
  return {
    urls: urls.map((url) => url.replace(/\/+$/, '')),
    key,
    model: values.model ?? 'echo',
    adapter: values.adapter === undefined ? meteredChatAdapter : await loadAdapter(values.adapter),
    modelPort: values['serve-model'] === undefined ? null : Number(port),
    rounds: Number(rounds),
    seed: Number(seed),
  };
}

function randomSeed(): string {
  return String(Math.floor(Math.random() * 1e9));
}

/** Returns a generator of numbers from 0 to `below` (exclusive), the same ones for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let drawn = 0;
  return (below) => {
    drawn += 1;
    return createHash('sha256').update(`${seed} ${drawn}`).digest().readUInt32BE() % below;
  };
}

async function loadAdapter(file: string): Promise<CompleteAdapter> {
  const module: unknown = await import(pathToFileURL(resolve(file)).href).catch((error: unknown) => {
    throw new SetupError(`The adapter ${file} cannot be loaded: ${(error as Error).message}`);
  });
  const adapter = adapterOf(module);
  if (typeof adapter === 'string') throw new SetupError(`The adapter ${file} is invalid. ${adapter}`);
  return adapter;
}

async function runAll(options: Options, print: (line: string) => void): Promise<CommandResult> {
  const { urls, key, model, adapter, modelPort, seed } = options;
  const served = modelPort === null ? null : await startTestModel(modelPort);
  try {
    const [url = ''] = urls;
    const gateway = await adapter.connect({ url, key });
    try {
      const bench: Bench = { adapter, gateway, urls, model, random: randomOf(seed) };
      const prices = await priceRequests(bench);
      describePrices({ ...options, prices }).forEach(print);
      const reports: CaseReport[] = [];
      for (const [index, each] of overspendCases.entries()) {
        const report = await runCase(each, bench, prices, options.rounds);
        caseLines(index + 1, report, adapter.unit).forEach(print);
        reports.push(report);
      }
      return summaryOf(reports, { unit: adapter.unit, modelCalls: served?.calls() ?? null });
    } finally {
      await gateway.close?.();
    }
  } finally {
    await served?.stop();
  }
}

async function runCase(
  each: OverspendCase,
  bench: Bench,
  prices: Prices,
  rounds: number,
): Promise<CaseReport> {
  const { title } = each;
  const measurements: Measurement[] = [];
  while (measurements.length < rounds) {
    const measurement = await each.run(bench, prices);
    if (typeof measurement === 'string') return { title, measurements: [], notRun: measurement };
    measurements.push(measurement);
  }
  return { title, measurements, notRun: null };
}
