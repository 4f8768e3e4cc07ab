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
import { useProof } from './use-proof.js';
import { text, textParts } from '../texts/texts.js';
import { RichText } from '../texts/rich-text.js';

export function KeysSection() {
  const { models, sessionsVersion } = useAppState();
  // A new password also removes keys.
  const version = useStore(sessionsVersion);
  const { items, task, change } = useList(api.keys, version);
  const { items: caps } = useList(api.caps, version);
  const [allowed, setAllowed] = useState<readonly string[]>([]);
  const [newKey, setNewKey] = useState<string | null>(null);
  const [toRemove, setToRemove] = useState<ApiKey | null>(null);
  const { withProof, dialog } = useProof();
  const create = async ({ name, expires_at: lastDay }: { name: string; expires_at: string }) => {
    const expiresAt = lastDay === '' ? null : new Date(`${lastDay}T23:59:59`).toISOString();
    const models = allowed.length === 0 ? null : [...allowed];
    const { key } = await withProof(() => api.createKey({ name, expires_at: expiresAt, models }));
    setAllowed([]);
    setNewKey(key);
    change(() => Promise.resolve());
  };
  const fields = [
    { name: 'name', label: text('keys.name') },
    { name: 'expires_at', label: text('keys.lastDay'), type: 'date' },
  ] as const satisfies readonly FieldOptions[];
  return (
    <section aria-labelledby="keys-title">
      <h2 id="keys-title">{text('keys.title')}</h2>
      <p>{text('keys.about')}</p>
      <ul className="things">
        {items.map((key) => (
          <li key={key.id}>
            <div>
              <strong className="title">{key.name}</strong> <code>…{key.last_characters}</code>
              <p className="quiet">{keyFacts(key)}</p>
              {key.models !== null && (
                <p className="quiet">{text('keys.onlyWith', { models: key.models.join(', ') })}</p>
              )}
              {caps
                .filter(({ key_id }) => key_id === key.id)
                .map((cap) => (
                  <CapMeter key={cap.id} cap={cap} />
                ))}
            </div>
            <button
              type="button"
              className="button small"
              aria-label={text('keys.removeNamed', { name: key.name })}
              onClick={() => {
                setToRemove(key);
              }}
            >
              {text('form.remove')}
            </button>
          </li>
        ))}
      </ul>
      {task.isDone && items.length === 0 && <p className="quiet">{text('keys.none')}</p>}
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
      {newKey !== null && (
        <div className="notice" role="status">
          <p>{text('keys.new')}</p>
          <p className="secret-line">
            <code className="secret">{newKey}</code>
            <CopyButton what={text('copy.key')} content={() => newKey} />
          </p>
          <button
            type="button"
            className="button small"
            onClick={() => {
              setNewKey(null);
            }}
          >
            {text('keys.copied')}
          </button>
        </div>
      )}
      <Form
        fields={fields}
        submit={text('keys.create')}
        onSubmit={create}
        below={models.length > 1 && <ModelChoice models={models} chosen={allowed} onChoose={setAllowed} />}
      />
      <p className="quiet">
        <a href="#/tokens">{text('keys.setLimit')}</a>
      </p>
      {toRemove !== null && (
        <ConfirmDialog
          title={text('keys.removeTitle')}
          confirm={text('form.remove')}
          onConfirm={() => {
            change(() => withProof(() => api.removeKey(toRemove.id)));
            return Promise.resolve();
          }}
          onClose={() => {
            setToRemove(null);
          }}
        >
          <p>
            <RichText
              parts={textParts('keys.removeText', { name: <span className="title">{toRemove.name}</span> })}
            />
          </p>
        </ConfirmDialog>
      )}
      {dialog}
    </section>
  );
}

function keyFacts({ created_at, expires_at, last_used_at }: ApiKey): string {
  return [
    text('keys.created', { date: formatDate(created_at) }),
    ...(expires_at === null ? [] : [text('keys.expires', { date: formatDate(expires_at) })]),
    last_used_at === null
      ? text('keys.neverUsed')
      : text('keys.lastUsed', { time: formatTime(last_used_at) }),
  ].join(', ');
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
      <legend>{text('keys.models')}</legend>
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
