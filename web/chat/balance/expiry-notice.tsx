import { useEffect } from 'react';
import { creditAmount } from '../../api/credits.js';
import { useAppState } from '../layout/app-state.js';
import { formatExpiry } from '../layout/format.js';
import { useStore } from '../layout/store.js';
import { expiringSoon } from './expiring-lots.js';
import { text, textParts } from '../texts/texts.js';
import { RichText } from '../texts/rich-text.js';

/** What expires within two weeks; nothing if nothing does. */
export function ExpiryNotice() {
  const appState = useAppState();
  const lots = useStore(appState.lots);
  useEffect(() => {
    // If the server cannot be reached, the notice is missing; the balance page shows the error.
    if (lots === null) void appState.reloadLots().catch(() => undefined);
  }, []);
  const expiring = expiringSoon(lots ?? [], Date.now());
  if (expiring.length === 0) return null;
  return (
    <ul className="expiring" aria-label={text('expiring.label')}>
      {expiring.slice(0, 3).map(({ credits, expiresAt }) => (
        <li key={expiresAt}>
          <RichText
            parts={textParts('expiring.text', {
              count: credits,
              amount: creditAmount(credits),
              moment: <time dateTime={expiresAt}>{formatExpiry(expiresAt)}</time>,
            })}
          />
        </li>
      ))}
    </ul>
  );
}
