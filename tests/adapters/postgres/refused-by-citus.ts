import { parse } from 'pgsql-parser';
import { tablePlacements } from '../../../src/adapters/postgres/table-placement.js';

type Node = Record<string, unknown>;

/**
 * What Citus 13 refuses in a statement, found in the tree of PostgreSQL's own parser; empty if it takes it. Each pattern was seen in
 * an error of a real Citus. Statements on tables that only the coordinator has are not looked at.
 */
export async function refusedByCitus(text: string): Promise<string[]> {
  const tree: unknown = await parse(text);
  const tables = tablesIn(tree);
  if (!tables.some((table) => kindOf(table) === 'distributed' || kindOf(table) === 'reference')) return [];
  const changes = ['UpdateStmt', 'DeleteStmt', 'InsertStmt'].flatMap((kind) => nodesOf(tree, kind));
  const changed = changes.filter(({ relation }) => kindOf(nameOf(relation as Node)) !== 'local');
  return [
    ...changed.flatMap(refusedInChange),
    ...nodesOf(tree, 'InsertStmt').flatMap((insert) => refusedInInsert(insert, tree)),
    ...refusedInTop(tree),
    ...refusedLocks(tree),
    ...refusedJoins(tree),
  ];
}

const volatileFunctions = ['clock_timestamp', 'random', 'gen_random_uuid', 'nextval', 'txid_current'];
const mutableFunctions = [...volatileFunctions, 'now', 'to_char', 'date_trunc'];

function refusedInChange(change: Node): string[] {
  const assigned = 'cols' in change ? [] : list(change['targetList']);
  const expressions = [...assigned, change['whereClause']];
  const branches = expressions.flatMap((each) => [
    ...directNodes(each, 'CaseExpr'),
    ...directNodes(each, 'CoalesceExpr'),
  ]);
  return [
    ...when(
      expressions.some((each) => calls(each, volatileFunctions)),
      'a volatile function in a change',
    ),
    ...when(
      branches.some((each) => calls(each, mutableFunctions)),
      'a function that is not immutable in CASE or COALESCE of a change',
    ),
    ...when(
      expressions.some((each) => directNodes(each, 'A_Expr').some(addsIntervalToColumn)),
      'an interval added to a column in a change',
    ),
    ...when(
      nodesOf([change['whereClause'], change['fromClause']], 'ColumnRef').some(
        (each) => columnName(each) === 'ctid',
      ),
      'ctid in the condition of a change',
    ),
  ];
}

function refusedInInsert(insert: Node, tree: unknown): string[] {
  const kind = kindOf(nameOf(insert['relation'] as Node));
  if (kind === 'local') return [];
  const conflict = insert['onConflictClause'];
  const select = isNode(insert['selectStmt']) ? insert['selectStmt']['SelectStmt'] : undefined;
  const changing = changingParts(tree);
  const readsChange = nodesOf(select, 'RangeVar').some((each) => changing.has(nameOf(each)));
  const own = nameOf(insert['relation'] as Node);
  return [
    ...when(
      nodesOf(conflict, 'FuncCall').some(isOneOf(mutableFunctions)),
      'a function that is not immutable in ON CONFLICT',
    ),
    ...when(
      readsChange &&
        isNode(select) &&
        nodesOf(select['targetList'], 'FuncCall').some(isOneOf(volatileFunctions)),
      'an insert with a volatile function that reads a changing part',
    ),
    ...when(
      nodesOf([insert['returningList'], insert['returningClause']], 'SubLink').some((link) =>
        nodesOf(link, 'RangeVar').some((each) => changing.has(nameOf(each))),
      ),
      'a changing part read by RETURNING',
    ),
    ...when(
      kind === 'reference' &&
        isNode(select) &&
        nodesOf(select['whereClause'], 'RangeVar').some((each) => nameOf(each) === own),
      'an insert into a reference table that reads it',
    ),
  ];
}

/** A reference table is changed by a part of a statement, or alone: not at its end, after reading what distributed tables have. */
function refusedInTop(tree: unknown): string[] {
  const [statement] = list(isNode(tree) ? tree['stmts'] : undefined);
  const top = isNode(statement) ? statement['stmt'] : undefined;
  const change = isNode(top) ? (top['UpdateStmt'] ?? top['DeleteStmt']) : undefined;
  if (!isNode(change) || kindOf(nameOf(change['relation'] as Node)) !== 'reference') return [];
  const reads = tablesIn(change).some((table) => kindOf(table) === 'distributed');
  return when(reads, 'a reference table changed by what a distributed table has');
}

function refusedLocks(tree: unknown): string[] {
  const locking = new Set(
    nodesOf(tree, 'CommonTableExpr')
      .filter(({ ctequery }) => nodesOf(ctequery, 'LockingClause').length > 0)
      .map(({ ctename }) => String(ctename)),
  );
  return selectsOf(tree).flatMap((select) => {
    const clauses = nodesOf(select['lockingClause'], 'LockingClause');
    const from = list(select['fromClause'])
      .flatMap((each) => nodesOf(each, 'RangeVar'))
      .map(nameOf);
    const shared = clauses.some(
      ({ strength }) => strength === 'LCS_FORSHARE' || strength === 'LCS_FORKEYSHARE',
    );
    return [
      ...when(
        clauses.some(({ waitPolicy }) => waitPolicy === 'LockWaitSkip'),
        'SKIP LOCKED',
      ),
      ...when(
        shared && from.includes('users'),
        'a shared lock of a reference table: a deadlock among strangers',
      ),
      ...when(
        clauses.length > 0 && from.some((table) => locking.has(table)),
        'a lock of a join with a locking part',
      ),
    ];
  });
}

/** Tables of the coordinator and distributed ones in one select; in different parts of a statement, or of its `from`, they may be. */
function refusedJoins(tree: unknown): string[] {
  return selectsOf(tree).flatMap((select) => {
    const kinds = new Set(tablesOutsideParts(select).map(kindOf));
    return when(
      kinds.has('local') && kinds.has('distributed'),
      'a table of the coordinator joined with a distributed one',
    );
  });
}

function selectsOf(tree: unknown): Node[] {
  return nodesOf(tree, 'SelectStmt').flatMap(armsOf);
}

/** The selects of a union. */
function armsOf(select: Node): Node[] {
  const arms = [select['larg'], select['rarg']].filter(isNode);
  return arms.length === 0 ? [select] : arms.flatMap(armsOf);
}

function kindOf(table: string): 'distributed' | 'reference' | 'local' | null {
  return tablePlacements[table]?.kind ?? null;
}

function tablesIn(tree: unknown): string[] {
  return [
    ...nodesOf(tree, 'RangeVar').map(nameOf),
    ...['UpdateStmt', 'DeleteStmt', 'InsertStmt'].flatMap((kind) =>
      nodesOf(tree, kind).map(({ relation }) => nameOf(relation as Node)),
    ),
  ];
}

function tablesOutsideParts(select: Node): string[] {
  return nodesOf({ ...select, withClause: null }, 'RangeVar', ['RangeSubselect']).map(nameOf);
}

function nameOf(relation: Node): string {
  return String(relation['relname']);
}

/** The parts of a statement that change rows. */
function changingParts(tree: unknown): Set<string> {
  const parts = nodesOf(tree, 'CommonTableExpr').filter(
    ({ ctequery }) => isNode(ctequery) && !('SelectStmt' in ctequery),
  );
  return new Set(parts.map(({ ctename }) => String(ctename)));
}

function addsIntervalToColumn({ name, lexpr, rexpr }: Node): boolean {
  const operator = nodesOf(name, 'String').map(({ sval }) => String(sval));
  const sides = [lexpr, rexpr];
  const isInterval = (side: unknown) =>
    directNodes(side, 'TypeCast').some(({ typeName }) =>
      nodesOf((typeName as Node)['names'], 'String').some(({ sval }) => sval === 'interval'),
    );
  return (
    ['+', '-'].includes(operator[0] ?? '') &&
    sides.some((side) => isNode(side) && 'ColumnRef' in side) &&
    sides.some(isInterval)
  );
}

function calls(expression: unknown, names: readonly string[]): boolean {
  return directNodes(expression, 'FuncCall').some(isOneOf(names));
}

function isOneOf(names: readonly string[]): (call: Node) => boolean {
  return ({ funcname }) => nodesOf(funcname, 'String').some(({ sval }) => names.includes(String(sval)));
}

function columnName({ fields }: Node): string {
  return String(nodesOf(fields, 'String').at(-1)?.['sval']);
}

function when(condition: boolean, reason: string): string[] {
  return condition ? [reason] : [];
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The nodes of a kind, without those of subqueries. */
function directNodes(tree: unknown, kind: string): Node[] {
  return nodesOf(tree, kind, ['SubLink', 'RangeSubselect']);
}

function nodesOf(tree: unknown, kind: string, except: readonly string[] = []): Node[] {
  if (Array.isArray(tree)) return tree.flatMap((each) => nodesOf(each, kind, except));
  if (!isNode(tree)) return [];
  return Object.entries(tree).flatMap(([key, value]) => {
    if (except.includes(key)) return [];
    return [...(key === kind && isNode(value) ? [value] : []), ...nodesOf(value, kind, except)];
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
