import { useEffect, useState } from 'react';
import { creditAmount } from '../../api/credits.js';
import { moneyText } from '../../api/money.js';
import { Problem, toProblem } from '../../api/problem.js';
import type { Order } from '../../api/shop-objects.js';
import { Notice, ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useAppState } from '../layout/app-state.js';
import { goToCheckout } from './checkout.js';
import { shopApi } from './shop-api.js';
import './shop.css';
import { text } from '../texts/texts.js';

const firstDelayMs = 1000;
const longestDelayMs = 10_000;
const slowMs = 30_000;

/** One order. After the checkout it waits for the payment, and shows how the balance has risen. */
export default function OrderView({ id }: { id: string }) {
  const { order, problem, isSlow } = useOrder(id);
  return (
    <div className="scroll">
      <div className="column shop">
        <h1>{order === null ? text('title.order') : <span className="title">{order.package.name}</span>}</h1>
        {order === null && problem === null && <p className="quiet">{text('form.loading')}</p>}
        {problem !== null && (order === null || problem.code !== 'unreachable') && (
          <ProblemNotice problem={problem} />
        )}
        {order !== null && (
          <>
            <p className="quiet">
              {text('order.sum', {
                amount: creditAmount(order.package.credits + order.package.bonus_credits),
                price: moneyText(order.package.price, order.package.currency),
              })}
            </p>
            {order.status === 'open' ? (
              <OpenOrder order={order} isSlow={isSlow} />
            ) : (
              <EndedOrder order={order} />
            )}
          </>
        )}
        <p className="actions">
          <a className="button" href="#/buy">
            {text('order.all')}
          </a>
          <a className="button" href="#/">
            {text('order.chat')}
          </a>
        </p>
      </div>
    </div>
  );
}

function OpenOrder({ order, isSlow }: { order: Order; isSlow: boolean }) {
  const task = useTask();
  const { checkout_url: url } = order;
  return (
    <div className="notice">
      <p role="status">{isSlow ? text('order.slow') : text('order.waiting')}</p>
      {url !== null && (
        <>
          <p>{text('order.notPaid')}</p>
          <button
            type="button"
            className="button small"
            onClick={() => {
              task.run(() => {
                goToCheckout(url);
                return Promise.resolve();
              });
            }}
          >
            {text('order.checkout')}
          </button>
        </>
      )}
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
    </div>
  );
}

function EndedOrder({ order }: { order: Order }) {
  return <Notice>{endText(order)}</Notice>;
}

function endText({ status, refunded, package: { credits, bonus_credits, currency } }: Order): string {
  switch (status) {
    case 'open':
      return '';
    case 'paid':
      return text('order.paid', { amount: creditAmount(credits + bonus_credits) });
    case 'partially_refunded':
      return text('order.partially_refunded', { amount: moneyText(refunded, currency) });
    default:
      return text(`order.${status}`);
  }
}

/** Reads an order until it is paid or has ended. When its state changes, the balance is read again. */
function useOrder(id: string) {
  const appState = useAppState();
  const [order, setOrder] = useState<Order | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const startedAtMs = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isUnmounted = false;
    let delayMs = firstDelayMs;
    const look = async () => {
      clearTimeout(timer);
      let isOpen: boolean;
      try {
        const read = await shopApi.order(id);
        isOpen = read.status === 'open';
        // The balance is read before the text says that it has risen.
        if (!isOpen)
          await Promise.allSettled([
            appState.reloadBalance(),
            appState.reloadLots(),
            appState.reloadAccount(),
          ]);
        if (isUnmounted) return;
        setOrder(read);
        setProblem(null);
      } catch (error) {
        const found = toProblem(error);
        if (isUnmounted) return;
        setProblem(found);
        isOpen = found.status === 0 || found.status === 429 || found.status >= 500;
      }
      setIsSlow(performance.now() - startedAtMs > slowMs);
      if (isOpen) timer = setTimeout(() => void look(), delayMs);
      delayMs = Math.min(delayMs * 1.3, longestDelayMs);
    };
    // Timers of hidden tabs are delayed.
    const onReturn = () => {
      if (!document.hidden && timer !== undefined) void look();
    };
    document.addEventListener('visibilitychange', onReturn);
    void look();
    return () => {
      isUnmounted = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [id]);
  return { order, problem, isSlow };
}
