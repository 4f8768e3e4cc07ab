import { useEffect, useRef, useState } from 'react';
import { creditAmount, creditNumber, noCredits, unitAfter } from '../../api/credits.js';
import { newIdempotencyKey } from '../../api/idempotency-key.js';
import { moneyText } from '../../api/money.js';
import type { Package } from '../../api/shop-objects.js';
import { useList } from '../account/use-list.js';
import { DebtNotice } from '../balance/balance-notice.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask, type Task } from '../form/use-task.js';
import { useAppState } from '../layout/app-state.js';
import { navigate } from '../layout/route.js';
import { useStore } from '../layout/store.js';
import { goToCheckout } from './checkout.js';
import { OrdersSection } from './orders-section.js';
import { RedeemSection } from './redeem-section.js';
import { packageFacts } from './package-facts.js';
import { shopApi } from './shop-api.js';
import './shop.css';
import { text } from '../texts/texts.js';

/** The packages for sale, a field for voucher codes, and the orders of the account. */
export default function BuyView() {
  const appState = useAppState();
  const { tokens: left } = useStore(appState.balance);
  const { items: packages, task } = useList(shopApi.packages);
  return (
    <div className="scroll">
      <div className="column shop">
        <h1>{text('title.getMore', { unit: unitAfter(2) })}</h1>
        <p className="quiet">
          {text('shop.have', { amount: left === 0 ? noCredits() : creditAmount(left) })}{' '}
          <a href="#/tokens">{text('shop.history')}</a>
        </p>
        <DebtNotice />
        {task.problem !== null && <ProblemNotice problem={task.problem} />}
        {task.isBusy && packages.length === 0 && <p className="quiet">{text('form.loading')}</p>}
        {packages.length > 0 && <Packages packages={packages} />}
        {task.isDone && packages.length === 0 && <p className="quiet">{text('shop.nothing')}</p>}
        <RedeemSection />
        <OrdersSection />
      </div>
    </div>
  );
}

function Packages({ packages }: { packages: readonly Package[] }) {
  const task = useTask();
  const [chosen, setChosen] = useState<string | null>(null);
  const keys = useRef(new Map<string, string>());
  useReturnFromCheckout(setChosen);
  const buy = (id: string) => {
    // A repeated attempt has the same key, so that an order whose response was lost is not made twice.
    const key = keys.current.get(id) ?? newIdempotencyKey();
    keys.current.set(id, key);
    setChosen(id);
    task.run(async () => {
      try {
        const order = await shopApi.createOrder(id, key);
        keys.current.delete(id);
        if (order.checkout_url === null) navigate({ name: 'order', id: order.id });
        else goToCheckout(order.checkout_url);
      } catch (error) {
        setChosen(null);
        throw error;
      }
    });
  };
  return (
    <section aria-labelledby="packages-title">
      <h2 id="packages-title" className="visually-hidden">
        {text('shop.packages')}
      </h2>
      <ul className="packages">
        {packages.map((one) => (
          <PackageCard
            key={one.id}
            offer={one}
            task={task}
            isChosen={chosen === one.id}
            isWaiting={chosen !== null}
            onBuy={() => {
              buy(one.id);
            }}
          />
        ))}
      </ul>
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
    </section>
  );
}

/** Browsers show the page as it was left when the person goes back from the checkout. */
function useReturnFromCheckout(setChosen: (id: null) => void): void {
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) setChosen(null);
    };
    addEventListener('pageshow', onShow);
    return () => {
      removeEventListener('pageshow', onShow);
    };
  }, []);
}

interface PackageCardProps {
  offer: Package;
  task: Task;
  isChosen: boolean;
  /** Whether any package was chosen. */
  isWaiting: boolean;
  onBuy: () => void;
}

function PackageCard({ offer, isChosen, isWaiting, onBuy }: PackageCardProps) {
  const price = moneyText(offer.price, offer.currency);
  return (
    <li className="package">
      <h3 className="title">{offer.name}</h3>
      <p className="package-amount">
        <strong>{creditNumber(offer.credits)}</strong> {unitAfter(offer.credits)}
      </p>
      <ul className="package-facts">
        {packageFacts(offer).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <button
        type="button"
        className="button primary"
        aria-label={isChosen ? undefined : text('shop.buyNamed', { price, name: offer.name })}
        disabled={isWaiting}
        onClick={onBuy}
      >
        {isChosen ? text('shop.toCheckout') : text('shop.buy', { price })}
      </button>
    </li>
  );
}
