import { useState } from 'react';
import { api } from '../api/api.js';
import type { ApiKey } from '../api/contract.js';
import { Confirm } from '../form/confirm.js';
import type { FieldParts } from '../form/field.js';
import { Form } from '../form/form.js';
import { ProblemNotice } from '../form/notice.js';
import { useDesk } from '../layout/desk.js';
import { useStore } from '../layout/store.js';
import { dayOf, moment } from '../layout/words.js';
import { useList } from './use-list.js';

const fields = [
  { name: 'name', label: 'Name of the new key' },
  { name: 'expires_at', label: 'Last day (optional)', type: 'date' },
] as const satisfies readonly FieldParts[];

export function KeysSection() {
  const { sessionsChanged } = useDesk();
  // A new password removes keys, too.
  const { items, task, changing } = useList(api.keys, useStore(sessionsChanged));
  const [fresh, setFresh] = useState<string | null>(null);
  const [toRemove, setToRemove] = useState<ApiKey | null>(null);
  const create = async ({ name, expires_at: lastDay }: { name: string; expires_at: string }) => {
    const expiresAt = lastDay === '' ? null : new Date(`${lastDay}T23:59:59`).toISOString();
    const { key } = await api.createKey({ name, expires_at: expiresAt });
    setFresh(key);
    changing(() => Promise.resolve());
  };
  return (
    <section aria-labelledby="keys-title">
      <h2 id="keys-title">API keys</h2>
      <p>A key lets a program chat in your name and from your balance; it cannot change your account.</p>
      <ul className="things">
        {items.map((key) => (
          <li key={key.id}>
            <div>
              <strong className="title">{key.name}</strong> <code>…{key.last_characters}</code>
              <p className="quiet">
                Made {dayOf(key.created_at)}
                {key.expires_at !== null && `, good until ${dayOf(key.expires_at)}`},{' '}
                {key.last_used_at === null ? 'never used' : `last used ${moment(key.last_used_at)}`}
              </p>
            </div>
            <button
              type="button"
              className="button small"
              aria-label={`Remove the key ${key.name}`}
              onClick={() => {
                setToRemove(key);
              }}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      {task.isDone && items.length === 0 && <p className="quiet">No keys yet.</p>}
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
      {fresh !== null && (
        <div className="notice" role="status">
          <p>This is the key. Copy it now: it is shown only this once.</p>
          <code className="secret">{fresh}</code>
          <button
            type="button"
            className="button small"
            onClick={() => {
              setFresh(null);
            }}
          >
            I have it
          </button>
        </div>
      )}
      <Form fields={fields} submit="Make a key" onSubmit={create} />
      {toRemove !== null && (
        <Confirm
          title="Remove this key?"
          confirm="Remove it"
          onConfirm={() => {
            changing(() => api.removeKey(toRemove.id));
            return Promise.resolve();
          }}
          onClose={() => {
            setToRemove(null);
          }}
        >
          <p>
            Programs that use “<span className="title">{toRemove.name}</span>” stop working at once.
          </p>
        </Confirm>
      )}
    </section>
  );
}
