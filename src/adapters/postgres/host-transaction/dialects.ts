import type { TransactionValue } from '../../../ports/join-transaction.js';

const placeholderOrMark = /\$(\d+)|\?/g;

/** Knex has a placeholder for each value, and counts the question marks of operators and literals too. */
export function withKnexBindings(
  text: string,
  values: readonly TransactionValue[],
): { sql: string; bindings: TransactionValue[] } {
  const bindings: TransactionValue[] = [];
  const sql = text.replaceAll(placeholderOrMark, (mark, position: string | undefined) => {
    if (position === undefined) return `\\${mark}`;
    bindings.push(values[Number(position) - 1] ?? null);
    return '?';
  });
  return { sql, bindings };
}

/** The error of the database in an error of Prisma. */
interface RawQueryFailure {
  meta?: {
    code?: string;
    message?: string;
    driverAdapterError?: { cause?: { originalCode?: string; originalMessage?: string } };
  };
}

/** Returns the error of the database that an error of Prisma describes, otherwise the error itself. */
export function prismaError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { meta } = error as RawQueryFailure;
  const original = meta?.driverAdapterError?.cause;
  const code = original?.originalCode ?? meta?.code;
  if (code === undefined) return error;
  const message = original?.originalMessage ?? meta?.message ?? error.message;
  const constraint = /(?:constraint|"|«|„|“)\W*(\w+)\W*$/.exec(message)?.[1];
  return Object.assign(new Error(message, { cause: error }), { code, constraint });
}
