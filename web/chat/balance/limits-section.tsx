import { useState } from 'react';
import { creditAmount, readCredits, unitLabel } from '../../api/credits.js';
import { Problem } from '../../api/problem.js';
import type { ApiKey, Cap, NewCap } from '../../api/api-objects.js';
import { windowText } from '../../api/wallet-texts.js';
import { useList } from '../account/use-list.js';
import { api } from '../api/api.js';
import { ConfirmDialog } from '../form/confirm-dialog.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { ProblemNotice } from '../form/notice.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { CapMeter } from './cap-meter.js';
import { capSubject, limitWithWindow } from './cap-texts.js';
import { text } from '../texts/texts.js';

/** The spending limits of the account, its keys and models, and a form that sets one. */
export function LimitsSection() {
  const { models, sessionsVersion } = useAppState();
  const version = useStore(sessionsVersion);
  const { items: caps, task, change } = useList(api.caps, version);
  const { items: keys } = useList(api.keys, version);
  const [toRemove, setToRemove] = useState<Cap | null>(null);
  const set = async ({ subject, window, limit }: { subject: string; window: string; limit: string }) => {
    const wanted = { ...subjectOf(subject), window: window as Cap['window'], limit: limitOf(limit) };
    throwIfAboveBound(wanted, caps);
    await api.setCap(wanted);
    change(() => Promise.resolve());
  };
  const fields = [
    { name: 'subject', label: text('limits.for'), choices: subjectChoices(keys, models) },
    { name: 'window', label: text('limits.begins'), choices: windowChoices() },
    { name: 'limit', label: text('limits.atMost', { unit: unitLabel() }) },
  ] as const satisfies readonly FieldOptions[];
  return (
    <section aria-labelledby="limits-title" className="limits">
      <h2 id="limits-title">{text('limits.title')}</h2>
      <p className="quiet">{text('limits.about')}</p>
      <ul className="things">
        {caps.map((cap) => (
          <li key={cap.id ?? `default ${cap.window}`}>
            <CapMeter cap={cap} subject={capSubject(cap, keys)} />
            {cap.id !== null && cap.set_by === 'account' && (
              <button
                type="button"
                className="button small"
                aria-label={text('limits.removeNamed', {
                  limit: limitWithWindow(cap),
                  subject: capSubject(cap, keys),
                })}
                onClick={() => {
                  setToRemove(cap);
                }}
              >
                {text('form.remove')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {task.isDone && caps.length === 0 && <p className="quiet">{text('limits.none')}</p>}
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
      <Form fields={fields} submit={text('limits.submit')} done={text('limits.done')} onSubmit={set} />
      {toRemove !== null && (
        <ConfirmDialog
          title={text('limits.removeTitle')}
          confirm={text('form.remove')}
          onConfirm={() => {
            change(() => api.removeCap(toRemove.id ?? ''));
            return Promise.resolve();
          }}
          onClose={() => {
            setToRemove(null);
          }}
        >
          <p>
            {text('limits.removeText', {
              subject: capSubject(toRemove, keys),
              limit: limitWithWindow(toRemove),
            })}
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function windowChoices() {
  return (['day', 'week', 'month', 'hour', 'total'] as const).map((value) => ({
    value,
    label: value === 'total' ? text('limits.never') : windowText(value),
  }));
}

function subjectChoices(keys: readonly ApiKey[], models: readonly { name: string }[]) {
  return [
    { value: 'account', label: text('limits.account') },
    ...keys.map(({ id, name }) => ({ value: `key ${id}`, label: text('limits.key', { name }) })),
    ...models.map(({ name }) => ({ value: `model ${name}`, label: text('limits.model', { name }) })),
  ];
}

/** The account, key or model of a choice. */
function subjectOf(choice: string): Pick<NewCap, 'scope' | 'key_id' | 'model'> {
  const [scope = '', ...rest] = choice.split(' ');
  const name = rest.join(' ');
  if (scope === 'key') return { scope, key_id: name };
  return scope === 'model' ? { scope, model: name } : { scope: 'account' };
}

/**
 * Says in the unit of the page what the server would reject: a limit above that of an administrator, or the default, for the
 * same window.
 */
function throwIfAboveBound(wanted: NewCap, caps: readonly Cap[]): void {
  const bounds = caps.filter(
    ({ set_by, scope, key_id, model, window }) =>
      set_by !== 'account' &&
      window === wanted.window &&
      (scope === 'account' ||
        (scope === wanted.scope && key_id === (wanted.key_id ?? null) && model === (wanted.model ?? null))),
  );
  const bound = Math.min(...bounds.map(({ limit }) => limit));
  if (wanted.limit <= bound) return;
  const problem = text('limits.bound', { amount: creditAmount(bound) });
  throw new Problem(400, { code: 'invalid_input', errors: { limit: [problem] } });
}

function limitOf(typed: string): number {
  const { credits, problem } = readCredits(typed, 0);
  if (problem === null) return credits;
  throw new Problem(400, { code: 'invalid_input', errors: { limit: [problem] } });
}
