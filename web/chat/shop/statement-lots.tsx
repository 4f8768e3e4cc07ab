import { alignedCredits } from '../../api/credits.js';
import type { Statement } from '../../api/shop-objects.js';
import { lotKindTexts } from '../../api/wallet-texts.js';
import { formatDate, formatExpiry } from '../layout/format.js';

/** What each lot had, got and gave in a month; nothing if no lot had any credits. */
export function StatementLots({ lots }: Pick<Statement, 'lots'>) {
  if (lots.length === 0) return null;
  return (
    <section aria-labelledby="statement-lots-title">
      <h2 id="statement-lots-title">Where it came from</h2>
      <div className="table" role="region" aria-label="Where it came from" tabIndex={0}>
        <table className="ledger lots">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Ends</th>
              <th scope="col" className="amount">
                At the beginning
              </th>
              <th scope="col" className="amount">
                Added
              </th>
              <th scope="col" className="amount">
                Taken
              </th>
              <th scope="col" className="amount">
                Expired
              </th>
              <th scope="col" className="amount">
                At the end
              </th>
            </tr>
          </thead>
          <tbody>
            {lots.map((lot) => (
              <tr key={lot.id}>
                <td>
                  {lotKindTexts[lot.kind]}
                  <span className="reason">{formatDate(lot.created_at)}</span>
                </td>
                <td>
                  {lot.expires_at === null ? (
                    'never'
                  ) : (
                    <time dateTime={lot.expires_at}>{formatExpiry(lot.expires_at)}</time>
                  )}
                </td>
                <td className="amount">{alignedCredits(lot.opening)}</td>
                <td className="amount">{alignedCredits(lot.received)}</td>
                <td className="amount">{alignedCredits(lot.gave)}</td>
                <td className="amount">{alignedCredits(lot.expired)}</td>
                <td className="amount">{alignedCredits(lot.closing)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
