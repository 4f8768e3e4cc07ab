import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { afterEach, expect, test } from 'vitest';
import { showLanguage } from '../../web/language/language.js';
import { invariantStatements } from '../../src/domain/ledger/invariants.js';
import { english } from '../../web/admin/texts/en/index.js';
import { i18nProvider } from '../../web/admin/texts/i18n-provider.js';

const folder = new URL('../../web/admin/', import.meta.url);

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.tsx?$/.test(path) && !path.startsWith('texts/'),
);

/** Not words of a language: a header and a style. */
const notTexts = new Set(['Idempotency-Key', '@media print']);
const styles = new Set(['sx', 'style', 'styleOverrides', 'fontFamily']);

/** A word that begins a sentence or a label, or two words of prose. */
const prose = /^\W*[A-Z][a-z]|[A-Za-z]{2,},? [a-z]{2,}/;

/** The texts for people in a source: those between tags, and all that look like prose, except thrown errors and styles. */
function textsIn(path: string): string[] {
  const content = readFileSync(new URL(path, folder), 'utf8');
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true, kind);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isNewExpression(node) && node.expression.getText().endsWith('Error')) return;
    if ((ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) && styles.has(node.name.getText())) return;
    if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text)) found.push(node.text.trim());
    if (
      (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) &&
      prose.test(node.text) &&
      !notTexts.has(node.text)
    )
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

afterEach(() => showLanguage('en', []));

test('the administration has no text outside its catalogues', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap((path) => textsIn(path).map((each) => [path, each]))).toEqual([]);
});

test('the rules of the ledger are said as the server says them', () => {
  const rules = Object.entries(english).filter(([key]) => key.startsWith('rule.'));
  expect(rules.map(([key, sentence]) => [key.slice('rule.'.length), sentence])).toEqual(
    Object.entries(invariantStatements),
  );
});

test('react-admin gets its texts in the language of the page, with plurals and numbers', async () => {
  const { translate } = i18nProvider;
  expect(translate('ra.action.bulk_actions', { smart_count: 1 })).toBe('1 selected');
  await showLanguage('de', []);
  expect(translate('ra.action.edit')).toBe('Bearbeiten');
  expect(translate('resources.users.name', { smart_count: 2, _: 'Users' })).toBe('Konten');
  const range = { offsetBegin: 1, offsetEnd: 25, total: 1200 };
  expect(translate('ra.navigation.page_range_info', range)).toBe('1–25 von 1.200');
  expect(translate('a name with %{braces}', { _: 'a name' })).toBe('a name');
  expect(translate('constructor')).toBe('constructor');
});
