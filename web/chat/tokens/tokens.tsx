import { useCallback, useEffect, useState } from 'react';
import { api } from '../api/api.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useDesk } from '../layout/desk.js';
import { useStore } from '../layout/store.js';
import { useRefresh } from '../layout/use-refresh.js';
import { counted, moment, tokens } from '../layout/words.js';
import { withNewest, type History } from './history.js';
import { priceWords } from './prices.js';

const kinds = { grant: 'Granted', charge: 'Reply', refund: 'Given back', adjustment: 'Corrected' } as const;

/** What can be spent, what things cost, and every line of the account's ledger. */
export function TokensView() {
  const desk = useDesk();
  const { tokens: left, held } = useStore(desk.balance);
  const [{ entries, next }, setHistory] = useState<History>({ entries: [], next: null });
  const task = useTask();
  const load = async (cursor: string | null) => {
    const page = await api.entries(cursor);
    setHistory((known) => {
      if (cursor === null) return withNewest(known, page);
      // What was read anew meanwhile goes on from elsewhere.
      if (known.next !== cursor) return known;
      return { entries: [...known.entries, ...page.results], next: page.next };
    });
  };
  // What is out of reach stays as it was.
  const refresh = useCallback(async () => {
    await load(null).catch(() => undefined);
  }, []);
  useRefresh(refresh);
  const { run } = task;
  useEffect(() => {
    run(async () => {
      await Promise.all([load(null), desk.reloadBalance()]);
    });
    // Once, when the page is opened.
  }, []);
  return (
    <div className="scroll">
      <div className="column">
        <h1>Tokens</h1>
        <p className="figure">
          <strong>{counted(left)}</strong> {left === 1 ? 'token' : 'tokens'} to spend
        </p>
        {held > 0 && <p className="quiet">{tokens(held)} more set aside for replies that are under way.</p>}
        <ul className="prices" aria-label="Prices">
          {desk.models.map((model) => (
            <li key={model.name}>
              <span>{model.name}</span>
              <span>{priceWords(model)}</span>
            </li>
          ))}
        </ul>
        <h2>History</h2>
        {entries.length > 0 && (
          <div className="table" role="region" aria-label="History of tokens" tabIndex={0}>
            <table className="ledger">
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">What</th>
                  <th scope="col" className="amount">
                    Tokens
                  </th>
                  <th scope="col" className="amount">
                    Left
                  </th>
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <tr key={entry.id}>
                    <td>
                      <time dateTime={entry.created_at}>{moment(entry.created_at)}</time>
                    </td>
                    <td>
                      {kinds[entry.kind]}
                      {entry.reason !== null && <span className="reason">{entry.reason}</span>}
                    </td>
                    <td className={entry.amount > 0 ? 'amount gain' : 'amount'}>
                      {entry.amount > 0 ? '+' : '−'}
                      {counted(Math.abs(entry.amount))}
                    </td>
                    <td className="amount">{counted(entry.balance_after)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {task.problem !== null && <ProblemNotice problem={task.problem} />}
        {task.isDone && entries.length === 0 && <p className="quiet">Nothing was granted or spent so far.</p>}
        {(next !== null || task.isBusy) && (
          <p className="more">
            <button
              type="button"
              className="button small"
              onClick={() => {
                run(() => load(next));
              }}
            >
              {task.isBusy ? 'Loading …' : 'Show older lines'}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}
