import type { Lot } from '../../api/api-objects.js';
import { lotKindText } from '../../api/wallet-texts.js';
import { text } from '../texts/texts.js';
import { formatDate, formatExpiry } from './format.js';

/** The columns of `LotCells`. */
export function lotColumns(): readonly string[] {
  return [text('lots.from'), text('lots.ends')];
}

/** Where the credits of a lot come from, and when they end. */
export function LotCells({ lot }: { lot: Pick<Lot, 'kind' | 'created_at' | 'expires_at'> }) {
  return (
    <>
      <td>
        {lotKindText(lot.kind)}
        <span className="reason">{formatDate(lot.created_at)}</span>
      </td>
      <td>
        {lot.expires_at === null ? (
          text('moment.never')
        ) : (
          <time dateTime={lot.expires_at}>{formatExpiry(lot.expires_at)}</time>
        )}
      </td>
    </>
  );
}
