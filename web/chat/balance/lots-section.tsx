import { alignedCredits, unitLabel } from '../../api/credits.js';
import type { Lot } from '../../api/api-objects.js';
import { allowanceText, momentText } from '../../api/wallet-texts.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { inSpendingOrder } from './expiring-lots.js';
import { LedgerTable } from '../layout/ledger-table.js';
import { LotCells, lotColumns } from '../layout/lot-cells.js';
import { text } from '../texts/texts.js';

/** The allowance of the account, and where its credits come from, in the order in which they are spent. */
export function LotsSection() {
  const appState = useAppState();
  const { allowance } = useStore(appState.account);
  const lots = useStore(appState.lots) ?? [];
  return (
    <>
      {allowance !== null && (
        <p className="quiet">
          {text('lots.allowance', {
            allowance: allowanceText(allowance),
            moment: momentText(allowance.renews_at),
          })}
        </p>
      )}
      {hasSeveralSources(lots) && (
        <section aria-labelledby="lots-title">
          <h2 id="lots-title">{text('lots.title')}</h2>
          <p className="quiet">{text('lots.order')}</p>
          <LedgerTable
            name={text('lots.title')}
            columns={lotColumns()}
            amounts={[text('lots.left', { unit: unitLabel() }), text('lots.of')]}
            className="lots"
          >
            <tbody>
              {inSpendingOrder(lots).map((lot) => (
                <tr key={lot.id}>
                  <LotCells lot={lot} />
                  <td className="amount">{alignedCredits(lot.left)}</td>
                  <td className="amount">{alignedCredits(lot.amount)}</td>
                </tr>
              ))}
            </tbody>
          </LedgerTable>
        </section>
      )}
    </>
  );
}

/** One lot that never ends says no more than the balance. */
function hasSeveralSources(lots: readonly Lot[]): boolean {
  return lots.length > 1 || lots.some(({ expires_at }) => expires_at !== null);
}
