import { parse } from 'pgsql-parser';

type Node = Record<string, unknown>;

/** The names of statements with tables in the parser of PostgreSQL. */
const statementKinds = ['SelectStmt', 'UpdateStmt', 'DeleteStmt', 'InsertStmt'] as const;

/** A table with its alias in a statement. */
interface TableReference {
  table: string;
  alias: string;
}

/**
 * The tables that a statement reads or changes without a condition on the user: there is no `user_id = …` (for users:
 * `id = …`) that applies to every row, and no `user_id` is inserted.
 */
export async function tablesWithoutUser(text: string): Promise<string[]> {
  const tree: unknown = await parse(text);
  const withQueries = new Set(nodesOf(tree, 'CommonTableExpr').map(({ ctename }) => ctename));
  return statementKinds.flatMap((kind) =>
    nodesOf(tree, kind).flatMap((statement) => withoutUser(statement, withQueries)),
  );
}

function withoutUser(statement: Node, withQueries: Set<unknown>): string[] {
  if ('cols' in statement) return namesUser(statement) ? [] : [tableOf(statement['relation'] as Node).table];
  const sources = [statement['relation'], statement['fromClause'], statement['usingClause']];
  const named = sources.flatMap(namedIn).filter(({ table }) => !withQueries.has(table));
  const conditions = [statement['whereClause'], ...sources.flatMap(joinConditions)].flatMap(conjuncts);
  return named
    .filter((each) => !conditions.some((condition) => fixesUser(condition, each, named.length === 1)))
    .map(({ table }) => table);
}

function namesUser({ cols }: Node): boolean {
  return nodesOf(cols, 'ResTarget').some(({ name }) => name === 'user_id');
}

/** The tables of a from clause, without those of its subqueries. */
function namedIn(source: unknown): TableReference[] {
  if (Array.isArray(source)) return source.flatMap(namedIn);
  if (!isNode(source)) return [];
  if (isNode(source['RangeVar'])) return [tableOf(source['RangeVar'])];
  if (typeof source['relname'] === 'string') return [tableOf(source)];
  const join = source['JoinExpr'];
  return isNode(join) ? [join['larg'], join['rarg']].flatMap(namedIn) : [];
}

function tableOf({ relname, alias }: Node): TableReference {
  const table = String(relname);
  return { table, alias: isNode(alias) ? String(alias['aliasname']) : table };
}

function joinConditions(source: unknown): unknown[] {
  if (Array.isArray(source)) return source.flatMap(joinConditions);
  const join = isNode(source) ? source['JoinExpr'] : undefined;
  return isNode(join) ? [join['quals'], ...[join['larg'], join['rarg']].flatMap(joinConditions)] : [];
}

/** The operands of a conjunction: each is true if the condition is. */
function conjuncts(condition: unknown): Node[] {
  if (!isNode(condition)) return [];
  const both = condition['BoolExpr'];
  return isNode(both) && both['boolop'] === 'AND_EXPR' && Array.isArray(both['args'])
    ? both['args'].flatMap(conjuncts)
    : [condition];
}

/** Whether a condition is `alias.user_id = …`, or `user_id = …` in a statement with one table. */
function fixesUser(condition: Node, { table, alias }: TableReference, isAlone: boolean): boolean {
  const comparison = condition['A_Expr'];
  if (!isNode(comparison) || JSON.stringify(comparison['name']) !== '[{"String":{"sval":"="}}]') return false;
  const column = table === 'users' ? 'id' : 'user_id';
  const sides = [comparison['lexpr'], comparison['rexpr']].map(columnName);
  return sides.some((side) => side === `${alias}.${column}` || (isAlone && side === column));
}

function columnName(side: unknown): string | null {
  const reference = isNode(side) ? side['ColumnRef'] : undefined;
  return isNode(reference)
    ? nodesOf(reference['fields'], 'String')
        .map(({ sval }) => String(sval))
        .join('.')
    : null;
}

function nodesOf(tree: unknown, kind: string): Node[] {
  if (Array.isArray(tree)) return tree.flatMap((each) => nodesOf(each, kind));
  if (!isNode(tree)) return [];
  const found = tree[kind];
  return [...(isNode(found) ? [found] : []), ...Object.values(tree).flatMap((each) => nodesOf(each, kind))];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
