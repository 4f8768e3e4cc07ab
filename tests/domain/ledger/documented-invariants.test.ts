import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { invariantStatements } from '../../../src/domain/ledger/invariants.js';

test('the documentation has as many invariants as an audit counts', async () => {
  const page = await readFile('docs/concepts.md', 'utf8');
  const section = page.slice(page.indexOf('## Invariants'), page.indexOf('## Authentication'));
  const numbers = Array.from(section.matchAll(/^(\d+)\. /gm), ([, number]) => Number(number));
  expect(numbers).toEqual(Object.keys(invariantStatements).map((_, index) => index + 1));
});
