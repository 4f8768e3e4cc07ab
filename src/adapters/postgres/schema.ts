import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database, Queryable } from './database.js';

/** Where the schema's migrations are: the same place from `src` and from `dist`. */
export const migrationsDirectory = fileURLToPath(new URL('../../../migrations', import.meta.url));

let cachedNames: ReadonlySet<string> | null = null;

/**
 * The tables and functions that the migrations make. A statement names them without a schema; it is added before the
 * statement is sent. They are read from the migrations, so that none is forgotten.
 */
export function tableNames(): ReadonlySet<string> {
  cachedNames ??= new Set(
    readdirSync(migrationsDirectory).flatMap((file) => {
      const text = readFileSync(join(migrationsDirectory, file), 'utf8');
      return Array.from(text.matchAll(createdName), ([, made, renamed]) => made ?? renamed ?? '');
    }),
  );
  return cachedNames;
}

const createdName =
  /^\s*create (?:(?:unlogged )?table (?:if not exists )?|(?:or replace )?function )"?(\w+)|\brename to "?(\w+)/gim;

/** The schema that is used where no other is named. */
export const defaultSchema = 'public';

/** Why a text cannot be the name of our schema, or null if it can. */
export function validateSchemaName(name: string): string | null {
  return /^(?!pg_)[A-Za-z_][A-Za-z0-9_-]{0,62}$/.test(name) && name !== 'information_schema'
    ? null
    : 'must be a name of at most 63 letters, digits, "_" or "-" that begins with a letter or "_", and not with "pg_"';
}

/** A name as SQL takes it, whatever its characters. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Texts are constants; a bound on what is remembered of those that are not. */
const maxCachedTexts = 1000;

/**
 * Returns a function that names the schema of each of our tables in a statement. The statement then works on any
 * connection, whatever its `search_path`: one of a host's pool, or one that a pooler shares among clients, where
 * nothing can be set for a session.
 *
 * @throws TypeError if the schema's name is not acceptable.
 */
function createQualifier(schema: string): (text: string) => string {
  const fault = validateSchemaName(schema);
  if (fault !== null) throw new TypeError(`The schema ${fault}.`);
  const cache = new Map<string, string>();
  return (text) => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const qualified = qualify(text, quoteIdentifier(schema));
    if (cache.size < maxCachedTexts) cache.set(text, qualified);
    return qualified;
  };
}

/** The same database with each of our tables in a schema, whatever the `search_path` of its connections. */
export function inSchema<Given extends Pick<Database, 'query' | 'transaction'>>(
  database: Given,
  schema: string,
): Given {
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

/** Literals, comments and quoted names; words; what structures a list; anything else. */
const lexemes =
  /(?<opaque>'(?:[^']|'')*'|\$(?<tag>\w*)\$[^]*?\$\k<tag>\$|--[^\n]*|\/\*[^]*?\*\/)|(?<name>"?[A-Za-z_]\w*"?)|(?<mark>[(),.])|\s+|[^]/g;

/** Words after which a table is named. */
const beforeTable = new Set(['from', 'join', 'into', 'update', 'only', 'table', 'truncate', 'using']);
/** Words that begin and end a list of tables. */
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
  const listing = [false];
  let before = '';
  let qualified = '';
  for (const { 0: lexeme, index, groups } of text.matchAll(lexemes)) {
    if (groups?.['name'] !== undefined) {
      const word = lexeme.toLowerCase();
      const name = word.replaceAll('"', '');
      const isTable = beforeTable.has(before) || (before === ',' && listing.at(-1) === true);
      const hasMember = text[index + lexeme.length] === '.';
      if (isTable && !hasMember && isOurs(name)) qualified += `${schema}.`;
      if (beginsTables.has(word)) listing[listing.length - 1] = true;
      if (endsTables.has(word)) listing[listing.length - 1] = false;
      before = word;
    } else if (groups?.['mark'] !== undefined) {
      if (lexeme === '(') listing.push(false);
      if (lexeme === ')' && listing.length > 1) listing.pop();
      before = lexeme;
    } else if (lexeme.trim() !== '' && groups?.['opaque']?.startsWith('-') !== true) {
      before = lexeme;
    }
    qualified += lexeme;
  }
  const inLiteral = schema.replaceAll("'", "''");
  return qualified.replaceAll(
    lookedUpByName,
    (_, lookUp: string, name: string) => `${lookUp}('${inLiteral}.${name}')`,
  );
}
