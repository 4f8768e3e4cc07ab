import { useEffect } from 'react';
import { creditAmount, noCredits, unitAfter } from '../../api/credits.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { text } from '../texts/texts.js';

/** Says that the account owes credits, or that few are left; nothing otherwise. */
export function BalanceNotice() {
  const appState = useAppState();
  const { debt } = useStore(appState.account);
  const notifications = useStore(appState.notifications);
  const { tokens: left, held } = useStore(appState.balance);
  useEffect(() => {
    // If the server cannot be reached, the notice is missing.
    if (notifications === null) void appState.reloadNotifications().catch(() => undefined);
  }, []);
  const threshold = notifications?.low_balance ?? notifications?.default_low_balance ?? 0;
  const isLow = left + held < threshold;
  if (debt > 0) return <DebtNotice isLinked />;
  if (!isLow) return null;
  return (
    <div className="notice balance-notice">
      <p>
        {left === 0
          ? text('low.none', { amount: noCredits() })
          : text('low.left', { amount: creditAmount(left) })}
      </p>
      <MoreLink />
    </div>
  );
}

interface DebtNoticeProps {
  /** Whether it leads to the packages. */
  isLinked?: boolean;
}

/** Says that the account owes credits; nothing if it does not. */
export function DebtNotice({ isLinked = false }: DebtNoticeProps) {
  const appState = useAppState();
  const { debt } = useStore(appState.account);
  if (debt === 0) return null;
  return (
    <div className="notice bad balance-notice">
      <p>{text('debt.owed', { amount: creditAmount(debt) })}</p>
      {isLinked && <MoreLink />}
    </div>
  );
}

function MoreLink() {
  return <a href="#/buy">{text('title.getMore', { unit: unitAfter(2) })}</a>;
}
