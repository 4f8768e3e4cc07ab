import type { CommandResult } from '../command.js';
import type { Measurement, Prices } from './cases.js';

/** A case after all rounds; `notRun` says why it was left out. */
export interface CaseReport {
  title: string;
  measurements: readonly Measurement[];
  notRun: string | null;
}

/** `ok`: nothing was overspent in any round. */
type Verdict = 'ok' | 'OVERSPENT' | 'inconclusive' | 'not run';

/** Returns the lines before the cases: what is tested, and what a request costs. */
export function describePrices(tested: {
  adapter: { name: string; unit: string };
  urls: readonly string[];
  model: string;
  rounds: number;
  seed: number;
  prices: Prices;
}): string[] {
  const { adapter, urls, model, rounds, seed, prices } = tested;
  const cost = ({ price, required }: Prices['short']) =>
    `${format(price)} ${adapter.unit}${required === price ? '' : ` (admitted with ${format(required)})`}`;
  return [
    `Overspend test of ${adapter.name} at ${urls.join(' and ')}, model ${model}, rounds: ${rounds}, seed: ${seed}.`,
    `A request costs ${cost(prices.short)}, a long stream ${cost(prices.long)}.`,
  ];
}

/** Returns the lines of a case. */
export function caseLines(number: number, report: CaseReport, unit: string): string[] {
  const verdict = verdictOf(report);
  const title = `${verdict.padEnd(12)} ${number}. ${report.title}`;
  if (report.notRun !== null) return [`${title}: ${report.notRun}`];
  const sum = (figure: (measurement: Measurement) => number) =>
    report.measurements.map(figure).reduce((left, right) => left + right, 0);
  const rounds = report.measurements.length;
  const [recorded, delivered] = [sum((each) => each.recorded), sum((each) => each.delivered)];
  const counts = [
    `${sum(({ completed }) => completed)} completed`,
    `${sum(({ refused }) => refused)} refused`,
    ...(sum(({ left }) => left) === 0 ? [] : [`${sum(({ left }) => left)} left`]),
  ];
  return [
    title,
    `             ${rounds === 1 ? '' : `${rounds} rounds, in all: `}there were ${format(sum((each) => each.budget))} ${unit}, ` +
      `${format(Math.max(recorded, delivered))} were spent, ${format(sum((each) => each.beyond))} beyond; ${counts.join(', ')}`,
    ...(delivered > recorded * (1 + 1e-9)
      ? [
          `             The gateway has recorded only ${format(recorded)} ${unit}; the completed requests cost ${format(delivered)} by the price of a single one.`,
        ]
      : []),
    ...[...new Set(report.measurements.map(({ inconclusive }) => inconclusive))].flatMap((reason) =>
      reason === null ? [] : [`             ${reason}`],
    ),
  ];
}

/** Returns the last lines, and the exit code. */
export function summaryOf(
  reports: readonly CaseReport[],
  { unit, modelCalls }: { unit: string; modelCalls: number | null },
): CommandResult {
  const verdicts = reports.map(verdictOf);
  const beyond = reports
    .flatMap(({ measurements }) => measurements)
    .reduce((total, measurement) => total + measurement.beyond, 0);
  const notRun = verdicts.filter((verdict) => verdict === 'not run').length;
  const ran = `${reports.length - notRun} of ${reports.length} cases ran`;
  const calls = modelCalls === null ? [] : [`The served model was called ${modelCalls} times.`];
  if (verdicts.includes('OVERSPENT')) {
    return { exitCode: 1, lines: [...calls, `OVERSPENT by ${format(beyond)} ${unit}; ${ran}.`] };
  }
  if (verdicts.includes('inconclusive')) {
    return { exitCode: 2, lines: [...calls, `Inconclusive: a case could not be run to its end; ${ran}.`] };
  }
  return { exitCode: 0, lines: [...calls, `Nothing was overspent; ${ran}.`] };
}

function verdictOf({ measurements, notRun }: CaseReport): Verdict {
  if (notRun !== null) return 'not run';
  if (measurements.some(({ beyond }) => beyond > 0)) return 'OVERSPENT';
  return measurements.some(({ inconclusive }) => inconclusive !== null) ? 'inconclusive' : 'ok';
}

/** Returns an amount without the noise of binary fractions. */
function format(amount: number): string {
  return String(Number(amount.toPrecision(12)));
}
