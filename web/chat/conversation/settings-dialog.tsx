import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import { createPortal } from 'react-dom';
import type { ConversationSettings, Model, SettingsChange } from '../../api/api-objects.js';
import { fieldError } from '../../api/field-errors.js';
import { errorMessage } from '../../api/error-messages.js';
import { Problem } from '../../api/problem.js';
import { priceLines } from '../../api/format-price.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useAppState } from '../layout/app-state.js';
import { GearIcon } from '../layout/icons.js';
import { offeredModel } from './conversation-settings.js';
import { emptyConversation } from './exchange-state.js';
import { exportConversation } from './export-conversation.js';
import { newConversationId } from './conversation-store.js';
import { text } from '../texts/texts.js';

interface SettingsProps {
  conversationId: string;
  settings: ConversationSettings;
  /** Rejects with a `Problem`. */
  onChange: (change: SettingsChange) => Promise<void>;
}

/** A button that opens the settings of a conversation. It shows whether there are any. */
export function SettingsButton(props: SettingsProps) {
  const { settings } = props;
  const [isOpen, setIsOpen] = useState(false);
  const isSet = settings.system_prompt !== null || settings.temperature !== null;
  return (
    <>
      <button
        type="button"
        className={isSet ? 'icon-button settings set' : 'icon-button settings'}
        aria-label={text(isSet ? 'settings.openChanged' : 'settings.open')}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <GearIcon />
      </button>
      {isOpen && (
        <SettingsDialog
          {...props}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      )}
    </>
  );
}

function SettingsDialog({
  conversationId,
  settings,
  onChange,
  onClose,
}: SettingsProps & { onClose: () => void }) {
  const { models } = useAppState();
  const [model, setModel] = useState(offeredModel(models, settings.model)?.name ?? '');
  const [prompt, setPrompt] = useState(settings.system_prompt ?? '');
  const [temperature, setTemperature] = useState(String(settings.temperature ?? ''));
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const task = useTask();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const errors = task.problem?.document.errors ?? {};
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    // For React the form of the composer is around this one, though not in the page.
    event.stopPropagation();
    task.run(async () => {
      await onChange({
        ...(model === (settings.model ?? '') ? {} : { model: model === '' ? null : model }),
        system_prompt: prompt.trim() === '' ? null : prompt,
        temperature: numberOf(temperature),
      });
      onClose();
    });
  };
  const chosen = offeredModel(models, model);
  return createPortal(
    <dialog
      ref={dialog}
      className="confirm settings-dialog"
      aria-labelledby={`${id}-title`}
      onClose={onClose}
    >
      <form className="form" noValidate onSubmit={save}>
        <h2 id={`${id}-title`}>{text('settings.title')}</h2>
        <div className="field">
          <label htmlFor={`${id}-model`}>{text('settings.model')}</label>
          <select
            id={`${id}-model`}
            value={chosen?.name ?? ''}
            onChange={(event) => {
              setModel(event.target.value);
            }}
          >
            {models.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          {chosen !== undefined && <PriceList model={chosen} />}
        </div>
        <div className="field">
          <label htmlFor={`${id}-prompt`}>{text('settings.prompt')}</label>
          <textarea
            id={`${id}-prompt`}
            rows={4}
            dir="auto"
            value={prompt}
            aria-invalid={errors['system_prompt'] !== undefined}
            aria-describedby={`${id}-prompt-hint ${id}-errors`}
            onChange={(event) => {
              setPrompt(event.target.value);
            }}
          />
          <p id={`${id}-prompt-hint`} className="hint">
            {text('settings.promptHint')}
          </p>
        </div>
        <div className="field">
          <label htmlFor={`${id}-temperature`}>{text('settings.temperature')}</label>
          <input
            id={`${id}-temperature`}
            inputMode="decimal"
            autoComplete="off"
            placeholder={text('settings.temperatureNone')}
            value={temperature}
            aria-invalid={errors['temperature'] !== undefined}
            aria-describedby={`${id}-temperature-hint ${id}-errors`}
            onChange={(event) => {
              setTemperature(event.target.value);
            }}
          />
          <p id={`${id}-temperature-hint`} className="hint">
            {text('settings.temperatureHint')}
          </p>
        </div>
        <ul id={`${id}-errors`} className="field-errors" role={task.problem === null ? undefined : 'alert'}>
          {task.problem !== null &&
            (Object.keys(errors).length === 0
              ? [errorMessage(task.problem)]
              : Object.entries(errors).map(
                  ([field, texts]) => `${fieldName(field)}: ${texts.map(fieldError).join(' ')}`,
                )
            ).map((line) => <li key={line}>{line}</li>)}
        </ul>
        {conversationId !== newConversationId && <ExportButtons conversationId={conversationId} />}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {text('form.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={task.isBusy}>
            {text('form.save')}
          </button>
        </div>
      </form>
    </dialog>,
    document.body,
  );
}

/** A typed number, with a point or a comma; null for nothing. */
function numberOf(typed: string): number | null {
  if (typed.trim() === '') return null;
  const number = Number(typed.replace(',', '.'));
  // JSON has no other numbers.
  if (Number.isFinite(number)) return number;
  throw new Problem(400, { code: 'invalid_input', errors: { temperature: [text('settings.notNumber')] } });
}

function ExportButtons({ conversationId }: { conversationId: string }) {
  const { openConversations } = useAppState();
  const task = useTask();
  const save = (format: 'json' | 'md') => {
    const { chosen } = openConversations.store.get()[conversationId] ?? emptyConversation;
    task.run(() => exportConversation(conversationId, format, chosen));
  };
  return (
    <div className="field">
      <p>{text('settings.saveAs')}</p>
      <div className="export-buttons">
        <button
          type="button"
          className="button small"
          onClick={() => {
            save('md');
          }}
        >
          Markdown
        </button>
        <button
          type="button"
          className="button small"
          onClick={() => {
            save('json');
          }}
        >
          JSON
        </button>
      </div>
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
    </div>
  );
}

function fieldName(field: string): string {
  const names: Partial<Record<string, string>> = {
    system_prompt: text('settings.prompt'),
    temperature: text('settings.temperature'),
    model: text('settings.model'),
  };
  return names[field] ?? field;
}

/** All that a model costs, and how much it reads and writes. */
function PriceList({ model }: { model: Model }) {
  return (
    <ul className="hint price-list" aria-label={text('settings.price', { model: model.name })}>
      {priceLines(model).map((line) => (
        <li key={line}>{line}</li>
      ))}
      <li>{text('settings.lengths', { input: model.context_tokens, output: model.max_output_tokens })}</li>
    </ul>
  );
}
