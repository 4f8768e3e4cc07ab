import { actionOf } from '../../api/wallet-texts.js';
import {
  alignedCredits,
  balanceTitle,
  creditAmount,
  creditNumber,
  unitAfter,
  unitLabel,
} from '../../api/credits.js';
import { api } from '../api/api.js';
import { ProblemNotice } from '../form/notice.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { MoreButton } from '../layout/more-button.js';
import { usePagedItems } from '../layout/use-paged-items.js';
import { formatTime } from '../layout/format.js';
import { DebtNotice } from './balance-notice.js';
import { ExpiryNotice } from './expiry-notice.js';
import { LimitsSection } from './limits-section.js';
import { LotsSection } from './lots-section.js';
import { formatPrice } from '../../api/format-price.js';
import { LedgerTable } from '../layout/ledger-table.js';
import { text, textParts } from '../texts/texts.js';
import { RichText } from '../texts/rich-text.js';

/** The balance, the prices of the models, and the ledger entries of the account. */
export function BalanceView() {
  const appState = useAppState();
  const { tokens: left, held } = useStore(appState.balance);
  const reloadRest = () =>
    Promise.all([appState.reloadBalance(), appState.reloadLots(), appState.reloadAccount()]);
  const { items: entries, next, task, loadMore } = usePagedItems(api.entries, reloadRest);
  return (
    <div className="scroll">
      <div className="column">
        <h1>{balanceTitle()}</h1>
        <p className="figure">
          <RichText
            parts={textParts('balance.toSpend', {
              amount: <strong>{creditNumber(left)}</strong>,
              unit: unitAfter(left),
            })}
          />
        </p>
        {held > 0 && <p className="quiet">{text('balance.held', { amount: creditAmount(held) })}</p>}
        <p className="actions">
          <a className="button primary" href="#/buy">
            {text('title.getMore', { unit: unitAfter(2) })}
          </a>
          <a className="button" href="#/statement">
            {text('balance.statement')}
          </a>
        </p>
        <DebtNotice />
        <ExpiryNotice />
        <LotsSection />
        <LimitsSection />
        <h2>{text('balance.prices')}</h2>
        <ul className="prices" aria-label={text('balance.prices')}>
          {appState.models.map((model) => (
            <li key={model.name}>
              <span>{model.name}</span>
              <span>{formatPrice(model)}</span>
            </li>
          ))}
        </ul>
        <h2>{text('balance.history')}</h2>
        {entries.length > 0 && (
          <LedgerTable
            name={text('balance.history')}
            columns={[text('balance.when'), text('balance.what')]}
            amounts={[unitLabel(), text('balance.left')]}
          >
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.id}>
                  <td>
                    <time dateTime={entry.created_at}>{formatTime(entry.created_at)}</time>
                  </td>
                  <td>
                    {actionOf(entry) ?? text(`entry.${entry.kind}`)}
                    {entry.reason !== null && <span className="reason">{entry.reason}</span>}
                  </td>
                  <td className={entry.amount > 0 ? 'amount gain' : 'amount'}>
                    {entry.amount > 0 ? '+' : '−'}
                    {alignedCredits(Math.abs(entry.amount))}
                  </td>
                  <td className="amount">{alignedCredits(entry.balance_after)}</td>
                </tr>
              ))}
            </tbody>
          </LedgerTable>
        )}
        {task.problem !== null && <ProblemNotice problem={task.problem} />}
        {task.isDone && entries.length === 0 && <p className="quiet">{text('balance.nothing')}</p>}
        {(next !== null || task.isBusy) && (
          <MoreButton label={text('balance.older')} isBusy={task.isBusy} onClick={loadMore} />
        )}
      </div>
    </div>
  );
}
