import { lexemes } from '../schema.js';

/** Plugins of libraries parse texts that begin as JSON does. */
const prefix = 'row ';

/** The limit of the cache. Nearly all statements are constants. */
const maxCachedTexts = 1000;

const cache = new Map<string, string | null>();

/**
 * Returns a statement whose rows have one column of type text, `row`, for `parseTextRow`; null if the statement returns no
 * rows. So the values do not depend on how a library of the embedding program parses them.
 */
export function withTextRows(text: string): string | null {
  const cached = cache.get(text);
  if (cached !== undefined) return cached;
  const changed = change(text);
  if (cache.size < maxCachedTexts) cache.set(text, changed);
  return changed;
}

const verbs = new Set(['select', 'insert', 'update', 'delete', 'values']);

function change(text: string): string | null {
  let depth = 0;
  let main: { verb: string; index: number } | null = null;
  let isWith = false;
  let hasReturning = false;
  for (const { 0: lexeme, index, groups } of text.matchAll(lexemes)) {
    if (lexeme === '(') depth += 1;
    if (lexeme === ')') depth -= 1;
    if (depth > 0 || groups?.['name'] === undefined) continue;
    const word = lexeme.toLowerCase();
    if (main !== null) hasReturning ||= word === 'returning';
    else if (verbs.has(word)) main = { verb: word, index };
    else if (word === 'with') isWith = true;
    else if (!isWith) return null;
  }
  if (main === null) return null;
  const { verb, index } = main;
  if (verb !== 'select' && verb !== 'values' && !hasReturning) return null;
  const others = text.slice(0, index);
  return `${isWith ? `${others}, ` : `${others}with `}result_row as (
${text.slice(index)}
) select '${prefix}' || json_build_array(r, r::text) as row from result_row r`;
}

/** A time in JSON. */
const jsonTime = /^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/;

/** Parses a row of a statement of `withTextRows`: integers are numbers, and times are Dates. */
export function parseTextRow(row: unknown): Record<string, unknown> {
  const text = typeof row === 'object' && row !== null ? (row as { row?: unknown }).row : undefined;
  if (typeof text !== 'string' || !text.startsWith(prefix))
    throw new TypeError('The executor of the transaction must return the text of the column "row".');
  const [values, record] = JSON.parse(text.slice(prefix.length)) as [Record<string, unknown>, string];
  const entries = Object.entries(values);
  if (!entries.some(([, value]) => isJsonTime(value))) return values;
  const fields = fieldsOf(record);
  if (fields.length !== entries.length) throw new TypeError('Two columns of a row have the same name.');
  // In the text of a row, a time has no "T", and a text is the same as in JSON.
  return Object.fromEntries(
    entries.map(([name, value], index) => {
      const field = fields[index];
      const isTime = isJsonTime(value) && field !== value && field?.startsWith('"') !== true;
      return [name, isTime ? new Date(value) : value];
    }),
  );
}

function isJsonTime(value: unknown): value is string {
  return typeof value === 'string' && jsonTime.test(value);
}

/** The fields of the text of a row, such as `(1,"a ""b""",)`. */
function fieldsOf(record: string): string[] {
  const fields = `,${record.slice(1, -1)}`.matchAll(/,(?:"((?:[^"\\]|""|\\[^])*)"|([^,]*))/g);
  return Array.from(fields, ([, quoted, bare = '']) => quoted?.replace(/(["\\])\1/g, '$1') ?? bare);
}
