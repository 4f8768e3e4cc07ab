import { alignedCredits } from '../../api/credits.js';
import type { Statement } from '../../api/shop-objects.js';
import { LedgerTable } from '../layout/ledger-table.js';
import { LotCells, lotColumns } from '../layout/lot-cells.js';
import { text } from '../texts/texts.js';

/** What each lot had, got and gave in a month; nothing if no lot had any credits. */
export function StatementLots({ lots }: Pick<Statement, 'lots'>) {
  if (lots.length === 0) return null;
  return (
    <section aria-labelledby="statement-lots-title">
      <h2 id="statement-lots-title">{text('statement.lots')}</h2>
      <LedgerTable
        name={text('statement.lots')}
        columns={lotColumns()}
        amounts={[
          text('statement.beginning'),
          text('statement.added'),
          text('statement.taken'),
          text('statement.expired'),
          text('statement.end'),
        ]}
        className="lots"
      >
        <tbody>
          {lots.map((lot) => (
            <tr key={lot.id}>
              <LotCells lot={lot} />
              <td className="amount">{alignedCredits(lot.opening)}</td>
              <td className="amount">{alignedCredits(lot.received)}</td>
              <td className="amount">{alignedCredits(lot.gave)}</td>
              <td className="amount">{alignedCredits(lot.expired)}</td>
              <td className="amount">{alignedCredits(lot.closing)}</td>
            </tr>
          ))}
        </tbody>
      </LedgerTable>
    </section>
  );
}
