import { useAppState } from '../layout/app-state.js';
import { BackIcon, EditIcon, ForwardIcon, RetryIcon } from '../layout/icons.js';
import type { ExchangeState } from './exchange-state.js';
import { text } from '../texts/texts.js';

/** What can be done with an exchange. */
export interface ExchangeActions {
  onRetry: (exchange: ExchangeState) => void;
  onLookUp: (exchange: ExchangeState) => void;
  /** Shows the editor of its message, or hides it again. */
  onEdit: (exchange: ExchangeState | null) => void;
  /** Sends another text in its place. */
  onSendEdited: (edited: { exchange: ExchangeState; message: string }) => void;
  /** Asks for another reply, from a model of this name or from that of the conversation. */
  onReplyAgain: (again: { exchange: ExchangeState; model: string | null }) => void;
  /** Asks for the rest of a reply that was stopped. */
  onContinue: (exchange: ExchangeState) => void;
  /** Shows the version before or after the one that is shown. */
  onVersion: (step: { exchange: ExchangeState; by: 1 | -1 }) => void;
}

/** Which of several versions is shown, counted from 1. */
export interface VersionNumber {
  version: number;
  versions: number;
}

/** The versions of a message, and a button that edits it. */
export function MessageActions({
  exchange,
  version,
  versions,
  actions,
}: VersionNumber & { exchange: ExchangeState; actions: ExchangeActions }) {
  return (
    <div className="message-actions">
      {versions > 1 && (
        <span className="versions" role="group" aria-label={text('actions.versions')}>
          <button
            type="button"
            className="icon-button"
            aria-label={text('actions.before')}
            disabled={version === 1}
            onClick={() => {
              actions.onVersion({ exchange, by: -1 });
            }}
          >
            <BackIcon />
          </button>
          <span>
            {version} / {versions}
          </span>
          <button
            type="button"
            className="icon-button"
            aria-label={text('actions.next')}
            disabled={version === versions}
            onClick={() => {
              actions.onVersion({ exchange, by: 1 });
            }}
          >
            <ForwardIcon />
          </button>
        </span>
      )}
      {exchange.id !== null && (
        <button
          type="button"
          className="icon-button"
          aria-label={text('actions.edit')}
          title={text('actions.editHint')}
          onClick={() => {
            actions.onEdit(exchange);
          }}
        >
          <EditIcon />
        </button>
      )}
    </div>
  );
}

/** Buttons that ask for another reply, or for the rest of one. */
export function ReplyActions({ exchange, actions }: { exchange: ExchangeState; actions: ExchangeActions }) {
  const { models } = useAppState();
  if (exchange.id === null) return null;
  return (
    <span className="reply-actions">
      {exchange.status === 'cancelled' && exchange.response !== '' && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            actions.onContinue(exchange);
          }}
        >
          {text('actions.continue')}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={text('actions.again')}
        title={text('actions.again')}
        onClick={() => {
          actions.onReplyAgain({ exchange, model: null });
        }}
      >
        <RetryIcon />
      </button>
      {models.length > 1 && (
        <select
          className="model-choice"
          aria-label={text('actions.againWith')}
          value=""
          onChange={(event) => {
            actions.onReplyAgain({ exchange, model: event.target.value });
          }}
        >
          <option value="" disabled>
            {text('actions.with')}
          </option>
          {models.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
    </span>
  );
}
