import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** A test with the titles of the groups that contain it. */
interface NamedTest {
  title: string;
  groups: readonly string[];
}

/** Returns the tests of a file, by the texts of its calls of `test` and `describe`, with and without `.each(…)`. A skipped test does not count. */
function testsIn(path: string): NamedTest[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: NamedTest[] = [];
  const visit = (node: ts.Node, groups: readonly string[]): void => {
    const [title] = ts.isCallExpression(node) ? node.arguments : [];
    const called = /^(test|describe)(?:\(|\.each\b)/.exec(node.getText(file))?.[1];
    let inner = groups;
    if (title !== undefined && ts.isStringLiteralLike(title)) {
      if (called === 'test') found.push({ title: title.text, groups });
      if (called === 'describe') inner = [...groups, title.text];
    }
    ts.forEachChild(node, (child) => {
      visit(child, inner);
    });
  };
  visit(file, []);
  return found;
}

/** The cell of a feature that a client does not have. */
const notUsed = 'not used';

/** Returns what is wrong with the tables of a page: cells without a test, names that no test of the client has, links to no file. */
function errorsOf(page: string): string[] {
  const errors: string[] = [];
  let columns: { client: string; tests: NamedTest[] }[] | null = null;
  for (const line of page.split('\n')) {
    if (!line.startsWith('|')) {
      columns = null;
      continue;
    }
    const [feature = '', ...cells] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    // The other tables are not of clients.
    if (columns === null) columns = feature === 'feature' ? cells.map((cell) => columnOf(cell, errors)) : [];
    else if (!/^-+$/.test(feature)) {
      for (const [index, { client, tests }] of columns.entries()) {
        for (const name of (cells[index] ?? '').split(' · ')) {
          const isTest = tests.some(({ title, groups }) => title === name && isOf(client, groups));
          if (!isTest && name !== notUsed) errors.push(`${feature}, ${client}: no test "${name}"`);
        }
      }
    }
  }
  return errors;
}

/** Reads the head of a column: the client, with a link to its tests. */
function columnOf(cell: string, errors: string[]) {
  const [, head = cell, link = ''] = /^\[(.+)\]\(\.\.\/(.+)\)$/.exec(cell) ?? [];
  const client = head.replaceAll('`', '');
  if (existsSync(link)) return { client, tests: testsIn(link) };
  errors.push(`${client}: no file "${link}"`);
  return { client, tests: [] };
}

function isOf(client: string, groups: readonly string[]): boolean {
  return groups.some((group) => group === client || group.includes(` ${client}`));
}

/** The clients of each table that has tests for every feature. */
function clientsOf(page: string): string[] {
  return [...page.matchAll(/^\| feature.*$/gm)].flatMap(([head]) =>
    [...head.matchAll(/\[(.+?)\]\(/g)].map(([, client = '']) => client),
  );
}

describe('the tables of docs/clients.md', () => {
  const page = readFileSync('docs/clients.md', 'utf8');

  test('name tests that exist, in every cell', () => {
    expect(errorsOf(page)).toEqual([]);
    expect(clientsOf(page)).toEqual([
      ...['`@anthropic-ai/sdk`', '`@ai-sdk/anthropic`', 'Claude Code'],
      ...['`openai`', "the AI SDK's OpenAI provider", 'LangChain', 'Codex'],
    ]);
  });

  const head =
    '| feature | [LangChain](../tests/adapters/http/official-clients.test.ts) |\n| --- | --- |\n| tools | ';
  test.each([
    ['a test that exists', 'calls tools', []],
    ['a feature that the client does not have', 'not used', []],
    ['one wrong name of two', 'calls tools · calls all tools', ['calls all tools']],
    ['the test of another client', 'generates an object', ['generates an object']],
    ['a part of a name', 'calls', ['calls']],
    ['a word that is no test', 'the same', ['the same']],
    ['an empty cell', '', ['']],
  ])('with %s are checked', (_, cell, wrong) => {
    expect(errorsOf(`${head}${cell} |\n`)).toEqual(
      wrong.map((name) => `tools, LangChain: no test "${name}"`),
    );
  });

  test('with a link to no file, or without a link, are checked', () => {
    const cells = ' |\n| --- |\n';
    expect(errorsOf(`| feature | [Codex](../tests/none.ts)${cells}`)).toEqual([
      'Codex: no file "tests/none.ts"',
    ]);
    expect(errorsOf(`| feature | Codex${cells}`)).toEqual(['Codex: no file ""']);
  });
});
