import { creditAmount, creditNumber } from '../../api/credits.js';
import type { Cap } from '../../api/api-objects.js';
import { momentText, setterText } from '../../api/wallet-texts.js';
import { limitWithWindow } from './cap-texts.js';
import { text, textParts } from '../texts/texts.js';
import { RichText } from '../texts/rich-text.js';

/** A spending limit, and how much of it is spent. `subject` is what it is for; without it only the amounts are shown. */
export function CapMeter({ cap, subject }: { cap: Cap; subject?: string }) {
  const { spent, left, limit, set_by, window_ends_at } = cap;
  return (
    <div className={left === 0 ? 'cap reached' : 'cap'}>
      {subject !== undefined && <strong className="title">{subject}</strong>}
      <p>
        {limitWithWindow(cap)}
        {set_by !== 'account' && <span className="badge">{setterText(set_by)}</span>}
      </p>
      <progress
        max={Math.max(limit, 1)}
        value={limit === 0 ? 1 : Math.min(spent, limit)}
        aria-label={text('cap.spentOf', { spent: creditNumber(spent), limit: creditAmount(limit) })}
      />
      <p className="quiet">
        {window_ends_at === null ? (
          text('cap.spent', { spent: creditNumber(spent), left: creditNumber(left) })
        ) : (
          <RichText
            parts={textParts('cap.spentUntil', {
              spent: creditNumber(spent),
              left: creditNumber(left),
              moment: <time dateTime={window_ends_at}>{momentText(window_ends_at)}</time>,
            })}
          />
        )}
      </p>
    </div>
  );
}
