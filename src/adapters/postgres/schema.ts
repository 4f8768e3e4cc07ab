import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database, Queryable } from './database.js';

/** The folder of the migrations: the same from `src` and from `dist`. */
export const migrationsDirectory = fileURLToPath(new URL('../../../migrations', import.meta.url));

let cachedNames: ReadonlySet<string> | null = null;

/**
 * The names of the tables and functions that the migrations create, read from the migrations. Statements use them without
 * a schema, which is added before a statement is sent.
 */
export function tableNames(): ReadonlySet<string> {
  cachedNames ??= new Set(
    readdirSync(migrationsDirectory).flatMap((file) => {
      const text = readFileSync(join(migrationsDirectory, file), 'utf8');
      return Array.from(text.matchAll(createdName), ([, created, renamed]) => created ?? renamed ?? '');
    }),
  );
  return cachedNames;
}

const createdName =
  /^\s*create (?:(?:unlogged )?table (?:if not exists )?|(?:or replace )?function )"?(\w+)|\brename to "?(\w+)/gim;

/** The default schema. */
export const defaultSchema = 'public';

/** Validates the name of a schema. Returns what is wrong, or null if it is valid. */
export function validateSchemaName(name: string): string | null {
  return /^(?!pg_)[A-Za-z_][A-Za-z0-9_-]{0,62}$/.test(name) && name !== 'information_schema'
    ? null
    : 'must have at most 63 letters, digits, "_" or "-", and begin with a letter or "_" but not with "pg_"';
}

/** Quotes a name for SQL. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The limit of the cache. Nearly all statements are constants. */
const maxCachedTexts = 1000;

/**
 * Returns a function that adds the schema to each of our tables in a statement. The statement then works on any connection
 * whatever its `search_path`: one of an embedding program's pool, or of a pooler, where nothing can be set for a session.
 *
 * @throws TypeError if the name of the schema is invalid.
 */
function createQualifier(schema: string): (text: string) => string {
  const error = validateSchemaName(schema);
  if (error !== null) throw new TypeError(`The name of the schema ${error}.`);
  const cache = new Map<string, string>();
  return (text) => {
    const cached = cache.get(text);
    if (cached !== undefined) return cached;
    const qualified = qualify(text, quoteIdentifier(schema));
    if (cache.size < maxCachedTexts) cache.set(text, qualified);
    return qualified;
  };
}

/** Wraps a database so that its statements use the tables in a schema, whatever the `search_path`. */
export function inSchema<Wrapped extends Pick<Database, 'query' | 'transaction'>>(
  database: Wrapped,
  schema: string,
): Wrapped {
  const qualified = createQualifier(schema);
  const over = (within: Queryable): Queryable => ({
    query: (statement) => within.query({ ...statement, text: qualified(statement.text) }),
  });
  return {
    ...database,
    ...over(database),
    transaction: <Result>(work: (within: Queryable) => Promise<Result>) =>
      database.transaction((within) => work(over(within))),
  };
}

/** Literals and comments; names; parentheses, commas and dots; white space; any other character. */
export const lexemes =
  /(?<opaque>'(?:[^']|'')*'|\$(?<tag>\w*)\$[^]*?\$\k<tag>\$|--[^\n]*|\/\*[^]*?\*\/)|(?<name>"?[A-Za-z_]\w*"?)|(?<mark>[(),.])|\s+|[^]/g;

/** Keywords that a table name follows. */
const beforeTable = new Set(['from', 'join', 'into', 'update', 'only', 'table', 'truncate', 'using']);
/** Keywords that begin and end a list of tables. */
const beginsTables = new Set(['from', 'using']);
const endsTables = new Set([
  ...['select', 'set', 'where', 'group', 'having', 'window', 'order', 'limit', 'offset', 'fetch', 'for'],
  ...['union', 'except', 'intersect', 'returning', 'values'],
]);

const commonTable =
  /\b(\w+)\s+as\s+(?:(?:not\s+)?materialized\s+)?\(\s*(?:select|insert|update|delete|with)\b/gi;
const lookedUpByName = /\b(to_reg(?:class|proc))\('(\w+)'\)/gi;

function qualify(text: string, schema: string): string {
  const commonTables = new Set([...text.matchAll(commonTable)].map(([, name = '']) => name));
  const ours = tableNames();
  const isOurs = (name: string) => ours.has(name) && !commonTables.has(name);
  /** For each open parenthesis, whether a list of tables is being read. */
  const isTableList = [false];
  let previous = '';
  let result = '';
  for (const { 0: lexeme, index, groups } of text.matchAll(lexemes)) {
    if (groups?.['name'] !== undefined) {
      const word = lexeme.toLowerCase();
      const name = word.replaceAll('"', '');
      const isTable = beforeTable.has(previous) || (previous === ',' && isTableList.at(-1) === true);
      const hasMember = text[index + lexeme.length] === '.';
      if (isTable && !hasMember && isOurs(name)) result += `${schema}.`;
      if (beginsTables.has(word)) isTableList[isTableList.length - 1] = true;
      if (endsTables.has(word)) isTableList[isTableList.length - 1] = false;
      previous = word;
    } else if (groups?.['mark'] !== undefined) {
      if (lexeme === '(') isTableList.push(false);
      if (lexeme === ')' && isTableList.length > 1) isTableList.pop();
      previous = lexeme;
    } else if (lexeme.trim() !== '' && groups?.['opaque']?.startsWith('-') !== true) {
      previous = lexeme;
    }
    result += lexeme;
  }
  const inLiteral = schema.replaceAll("'", "''");
  return result.replaceAll(
    lookedUpByName,
    (_, lookUp: string, name: string) => `${lookUp}('${inLiteral}.${name}')`,
  );
}
