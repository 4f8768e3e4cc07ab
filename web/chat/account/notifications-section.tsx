import { useEffect, useState } from 'react';
import { creditAmount, creditNumber, readCredits, unitLabel } from '../../api/credits.js';
import { Problem } from '../../api/problem.js';
import type { Notifications } from '../../api/shop-objects.js';
import { api } from '../api/api.js';
import { Form } from '../form/form.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { text } from '../texts/texts.js';

/** Which mails the account gets, and below which balance it is low. */
export function NotificationsSection() {
  const appState = useAppState();
  const notifications = useStore(appState.notifications);
  const task = useTask();
  useEffect(() => {
    task.run(appState.reloadNotifications);
  }, []);
  return (
    <section aria-labelledby="notifications-title">
      <h2 id="notifications-title">{text('notifications.title')}</h2>
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
      {notifications !== null && <NotificationsForm notifications={notifications} />}
    </section>
  );
}

function NotificationsForm({ notifications }: { notifications: Notifications }) {
  const appState = useAppState();
  const { low_balance: own, default_low_balance: usual } = notifications;
  const [mailsLow, setMailsLow] = useState(notifications.mail_balance_low);
  const [mailsPaid, setMailsPaid] = useState(notifications.mail_order_paid);
  const save = async ({ low_balance: typed }: { low_balance: string }) => {
    const changed = await api.changeNotifications({
      low_balance: typed.trim() === '' ? null : thresholdOf(typed),
      mail_balance_low: mailsLow,
      mail_order_paid: mailsPaid,
    });
    appState.notifications.set(() => changed);
  };
  return (
    <Form
      fields={[
        {
          name: 'low_balance',
          label: text('notifications.threshold', { unit: unitLabel() }),
          hint:
            usual === null
              ? text('notifications.noDefault')
              : text('notifications.default', { amount: creditAmount(usual) }),
          initial: own === null ? '' : creditNumber(own),
        },
      ]}
      submit={text('form.save')}
      done={text('notifications.saved')}
      onSubmit={save}
      below={
        <fieldset className="choices">
          <legend>{text('notifications.when')}</legend>
          <Choice label={text('notifications.low')} isChecked={mailsLow} onChange={setMailsLow} />
          <Choice label={text('notifications.paid')} isChecked={mailsPaid} onChange={setMailsPaid} />
        </fieldset>
      }
    />
  );
}

interface ChoiceProps {
  label: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}

function Choice({ label, isChecked, onChange }: ChoiceProps) {
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={({ target }) => {
          onChange(target.checked);
        }}
      />
      {label}
    </label>
  );
}

function thresholdOf(typed: string): number {
  const { credits, problem } = readCredits(typed);
  if (problem === null) return credits;
  throw new Problem(400, { code: 'invalid_input', errors: { low_balance: [problem] } });
}
