import { useEffect, useRef, useState } from 'react';
import { alignedCredits, signedCredits, unitLabel } from '../../api/credits.js';
import { saveFile } from '../../api/save-file.js';
import type { Statement } from '../../api/shop-objects.js';
import { lineText, monthText, monthsUntil, statementFileName } from '../../api/statement-texts.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useAppState } from '../layout/app-state.js';
import { formatCount } from '../layout/format.js';
import { navigate } from '../layout/route.js';
import { useStore } from '../layout/store.js';
import { shopApi } from './shop-api.js';
import { StatementConversations } from './statement-conversations.js';
import { StatementLots } from './statement-lots.js';
import './shop.css';
import { LedgerTable } from '../layout/ledger-table.js';
import { text } from '../texts/texts.js';

/** What was added and spent in a month: the current one if `month` is null. */
export default function StatementView({ month }: { month: string | null }) {
  const appState = useAppState();
  const { created_at } = useStore(appState.account);
  const [statement, setStatement] = useState<Statement | null>(null);
  /** The current month, as the server has it. */
  const [last, setLast] = useState<string | null>(null);
  const { run, ...task } = useTask();
  const wanted = useRef(month);
  useEffect(() => {
    wanted.current = month;
    run(async () => {
      // A task runs once at a time, so a month that was chosen in the meantime is read after it.
      for (let read: string | null | undefined; read !== wanted.current;) {
        read = wanted.current;
        const found = await shopApi.statement(read);
        setStatement(found);
        if (read === null) setLast(found.month);
        else if (last === null) setLast((await shopApi.statement(null)).month);
      }
    });
  }, [month]);
  const shown = month ?? last;
  return (
    <div className="scroll">
      <div className="column shop">
        <h1>{text('statement.title')}</h1>
        <p className="quiet">
          <a href="#/tokens">{text('shop.history')}</a>
        </p>
        {shown !== null && last !== null && (
          <div className="statement-choice">
            <div className="field">
              <label htmlFor="statement-month">{text('statement.month')}</label>
              <select
                id="statement-month"
                value={shown}
                onChange={({ target }) => {
                  navigate({ name: 'statement', month: target.value });
                }}
              >
                {monthChoices(last, created_at, shown).map((each) => (
                  <option key={each} value={each}>
                    {monthText(each)}
                  </option>
                ))}
              </select>
            </div>
            <SaveButton month={shown} />
          </div>
        )}
        {task.problem !== null && (
          <ProblemNotice problem={task.problem}>
            <a href="#/statement">{text('statement.current')}</a>
          </ProblemNotice>
        )}
        {task.isBusy && statement === null && <p className="quiet">{text('form.loading')}</p>}
        {statement !== null && task.problem === null && (
          <>
            <StatementTable statement={statement} />
            <StatementConversations conversations={statement.conversations} />
            <StatementLots lots={statement.lots} />
          </>
        )}
      </div>
    </div>
  );
}

/** Also the month of the address, which can be one before the account existed. */
function monthChoices(last: string, createdAt: string, shown: string): string[] {
  const months = monthsUntil(last, createdAt);
  return months.includes(shown) ? months : [...months, shown].sort().reverse();
}

function SaveButton({ month }: { month: string }) {
  const task = useTask();
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() => {
          task.run(async () => {
            saveFile(await shopApi.statementFile(month), statementFileName({ month }));
          });
        }}
      >
        {task.isBusy ? text('form.busy') : text('statement.save')}
      </button>
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
    </>
  );
}

function StatementTable({ statement: { month, opening, lines, closing } }: { statement: Statement }) {
  return (
    <LedgerTable
      name={text('statement.of', { month: monthText(month) })}
      columns={[text('balance.what')]}
      amounts={[text('statement.entries'), unitLabel()]}
      className="statement"
    >
      <tbody>
        <tr>
          <th scope="row">{text('statement.beginning')}</th>
          <td />
          <td className="amount">{alignedCredits(opening)}</td>
        </tr>
        {lines.map((line) => (
          <tr key={`${line.kind} ${line.action ?? ''} ${line.model ?? ''}`}>
            <td className="title">{lineText(line)}</td>
            <td className="amount">{formatCount(line.count)}</td>
            <td className={line.amount > 0 ? 'amount gain' : 'amount'}>{signedCredits(line.amount)}</td>
          </tr>
        ))}
        {lines.length === 0 && (
          <tr>
            <td colSpan={3}>{text('statement.nothing')}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{text('statement.end')}</th>
          <td />
          <td className="amount">
            <strong>{alignedCredits(closing)}</strong>
          </td>
        </tr>
      </tfoot>
    </LedgerTable>
  );
}
