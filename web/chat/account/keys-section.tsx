import { useState } from 'react';
import type { ApiKey, Model } from '../../api/api-objects.js';
import { api } from '../api/api.js';
import { CapMeter } from '../balance/cap-meter.js';
import { CopyButton } from '../conversation/copy-button.js';
import { ConfirmDialog } from '../form/confirm-dialog.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { ProblemNotice } from '../form/notice.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { formatDate, formatTime } from '../layout/format.js';
import { useList } from './use-list.js';

const fields = [
  { name: 'name', label: 'Name of the new key' },
  { name: 'expires_at', label: 'Last day (optional)', type: 'date' },
] as const satisfies readonly FieldOptions[];

export function KeysSection() {
  const { models, sessionsVersion } = useAppState();
  // A new password also removes keys.
  const version = useStore(sessionsVersion);
  const { items, task, change } = useList(api.keys, version);
  const { items: caps } = useList(api.caps, version);
  const [allowed, setAllowed] = useState<readonly string[]>([]);
  const [newKey, setNewKey] = useState<string | null>(null);
  const [toRemove, setToRemove] = useState<ApiKey | null>(null);
  const create = async ({ name, expires_at: lastDay }: { name: string; expires_at: string }) => {
    const expiresAt = lastDay === '' ? null : new Date(`${lastDay}T23:59:59`).toISOString();
    const { key } = await api.createKey({
      name,
      expires_at: expiresAt,
      models: allowed.length === 0 ? null : [...allowed],
    });
    setAllowed([]);
    setNewKey(key);
    change(() => Promise.resolve());
  };
  return (
    <section aria-labelledby="keys-title">
      <h2 id="keys-title">API keys</h2>
      <p>A program with a key chats as you and spends your balance. It cannot change your account.</p>
      <ul className="things">
        {items.map((key) => (
          <li key={key.id}>
            <div>
              <strong className="title">{key.name}</strong> <code>…{key.last_characters}</code>
              <p className="quiet">
                Created {formatDate(key.created_at)}
                {key.expires_at !== null && `, expires ${formatDate(key.expires_at)}`},{' '}
                {key.last_used_at === null ? 'never used' : `last used ${formatTime(key.last_used_at)}`}
              </p>
              {key.models !== null && <p className="quiet">Only with {key.models.join(', ')}</p>}
              {caps
                .filter(({ key_id }) => key_id === key.id)
                .map((cap) => (
                  <CapMeter key={cap.id} cap={cap} />
                ))}
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
      {newKey !== null && (
        <div className="notice" role="status">
          <p>This is the new key. Copy it now: it is not shown again.</p>
          <p className="secret-line">
            <code className="secret">{newKey}</code>
            <CopyButton what="the key" text={() => newKey} />
          </p>
          <button
            type="button"
            className="button small"
            onClick={() => {
              setNewKey(null);
            }}
          >
            I have copied it
          </button>
        </div>
      )}
      <Form
        fields={fields}
        submit="Create a key"
        onSubmit={create}
        below={models.length > 1 && <ModelChoice models={models} chosen={allowed} onChoose={setAllowed} />}
      />
      <p className="quiet">
        <a href="#/tokens">Set a spending limit for a key</a>
      </p>
      {toRemove !== null && (
        <ConfirmDialog
          title="Remove this key?"
          confirm="Remove"
          onConfirm={() => {
            change(() => api.removeKey(toRemove.id));
            return Promise.resolve();
          }}
          onClose={() => {
            setToRemove(null);
          }}
        >
          <p>
            Programs that use “<span className="title">{toRemove.name}</span>” stop working at once.
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}

interface ModelChoiceProps {
  models: readonly Model[];
  chosen: readonly string[];
  onChoose: (names: readonly string[]) => void;
}

/** The models that a new key may use; without a choice it may use all of them. */
function ModelChoice({ models, chosen, onChoose }: ModelChoiceProps) {
  return (
    <fieldset className="choices">
      <legend>Only with these models (optional)</legend>
      {models.map(({ name }) => (
        <label key={name} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={({ target }) => {
              onChoose(target.checked ? [...chosen, name] : chosen.filter((each) => each !== name));
            }}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
