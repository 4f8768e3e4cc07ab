import { expect, test } from 'vitest';
import { caseLines, summaryOf } from '../../src/cli/overspend/report.js';
import type { Measurement } from '../../src/cli/overspend/cases.js';
import { proveOverspendCommand } from '../../src/cli/prove-overspend.js';
import { usageOf } from '../../src/cli/usage.js';

const sound: Measurement = {
  budget: 100,
  recorded: 100,
  delivered: 100,
  beyond: 0,
  completed: 1,
  refused: 199,
  left: 0,
  inconclusive: null,
};

test.each([
  { args: [], problem: 'A --url and a --key are required. ' },
  { args: ['--url', 'http://localhost:8000'], problem: 'A --url and a --key are required. ' },
  {
    args: ['--url', 'localhost', '--key', 'k'],
    problem: '"localhost" is not a URL such as http://localhost:8000. ',
  },
  {
    args: ['--url', 'http://localhost:8000', '--key', 'k', '--rounds', '0'],
    problem: '"0" is not a number. ',
  },
  {
    args: ['--url', 'http://localhost:8000', '--key', 'k', '--serve-model', 'x'],
    problem: '"x" is not a number. ',
  },
])('prove-overspend $args prints the usage', async ({ args, problem }) => {
  expect(await proveOverspendCommand.run(args, () => undefined)).toEqual({
    exitCode: 2,
    lines: [`${problem}Usage: ${usageOf(proveOverspendCommand)}`],
  });
});

test('prove-overspend adds up the rounds of a case', () => {
  expect(caseLines(1, { title: 'a case', measurements: [sound, sound], notRun: null }, 'tokens')).toEqual([
    'ok           1. a case',
    '             2 rounds, in all: there were 200 tokens, 200 were spent, 0 beyond; 2 completed, 398 refused',
  ]);
});

test('prove-overspend believes the clients rather than a gateway that records too little', () => {
  const lines = caseLines(
    1,
    {
      title: 'a case',
      measurements: [{ ...sound, delivered: 300, beyond: 200, completed: 3 }],
      notRun: null,
    },
    'tokens',
  );
  expect(lines[0]).toBe('OVERSPENT    1. a case');
  expect(lines[1]).toContain('300 were spent, 200 beyond');
  expect(lines[2]).toContain('recorded only 100 tokens; the completed requests cost 300');
});

test.each([
  { measurement: sound, notRun: null, exitCode: 0 },
  { measurement: { ...sound, beyond: 1 }, notRun: null, exitCode: 1 },
  { measurement: { ...sound, inconclusive: 'Every request was refused.' }, notRun: null, exitCode: 2 },
  { measurement: { ...sound, beyond: 1, inconclusive: 'One failed.' }, notRun: null, exitCode: 1 },
  { measurement: sound, notRun: 'the gateway has no caps', exitCode: 0 },
])(
  'prove-overspend exits with $exitCode after $measurement, $notRun',
  ({ measurement, notRun, exitCode }) => {
    const reports = [
      { title: 'one', measurements: [sound], notRun: null },
      { title: 'other', measurements: notRun === null ? [measurement] : [], notRun },
    ];
    expect(summaryOf(reports, { unit: 'tokens', modelCalls: null }).exitCode).toBe(exitCode);
  },
);
