import type { ReactNode } from 'react';

interface LedgerTableProps {
  /** What the table shows, for people who do not see it. */
  name: string;
  /** The columns that say what a row is. */
  columns: readonly string[];
  /** The columns of amounts, right of the others. */
  amounts: readonly string[];
  className?: string;
  /** The `tbody`, and a `tfoot` if there is one. */
  children: ReactNode;
}

/** A table of amounts, which scrolls by itself where the window is narrow. */
export function LedgerTable({ name, columns, amounts, className = '', children }: LedgerTableProps) {
  return (
    <div className="table" role="region" aria-label={name} tabIndex={0}>
      <table className={`ledger ${className}`.trim()}>
        <caption className="visually-hidden">{name}</caption>
        <thead>
          <tr>
            {columns.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
            {amounts.map((label) => (
              <th key={label} scope="col" className="amount">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </div>
  );
}
