import { memo } from 'react';
import { creditAmount } from '../../api/credits.js';
import { ProblemNotice, useCountdown } from '../form/notice.js';
import { RetryIcon } from '../layout/icons.js';
import { formatTime } from '../layout/format.js';
import {
  MessageActions,
  ReplyActions,
  type ExchangeActions,
  type VersionNumber,
} from './exchange-actions.js';
import { MessageEditor } from './message-editor.js';
import { AttachmentList } from './attachment-list.js';
import { CopyButton } from './copy-button.js';
import { Markdown } from './markdown/markdown.js';
import { MessageText } from './message-text.js';
import type { ExchangeState } from './exchange-state.js';

interface ExchangeViewProps {
  exchange: ExchangeState;
  isEdited: boolean;
  actions: ExchangeActions;
}

/** A message, its reply, and what it cost. */
export const ExchangeView = memo(function ExchangeView({
  exchange,
  isEdited,
  actions,
  ...numbers
}: ExchangeViewProps & VersionNumber) {
  const { response } = exchange;
  const isStreaming = exchange.phase === 'waiting' || exchange.phase === 'streaming';
  return (
    <li className="exchange">
      <div className="message">
        <span className="visually-hidden">You: </span>
        <AttachmentList label="Attachments" items={exchange.attachments} />
        {isEdited ? (
          <MessageEditor
            text={exchange.message}
            onSend={(message) => {
              actions.onSendEdited({ exchange, message });
            }}
            onCancel={() => {
              actions.onEdit(null);
            }}
          />
        ) : (
          exchange.message !== '' && <MessageText text={exchange.message} />
        )}
      </div>
      {!isEdited && <MessageActions exchange={exchange} actions={actions} {...numbers} />}
      <div className={isStreaming ? 'reply streaming' : 'reply'} aria-busy={isStreaming}>
        <span className="visually-hidden">Reply: </span>
        {response !== '' && <Markdown text={response} isGrowing={exchange.phase !== 'ended'} />}
        {exchange.phase === 'waiting' && <WaitingIndicator />}
        {exchange.phase === 'ended' ? (
          <Outcome exchange={exchange} actions={actions} />
        ) : (
          <p className="facts">{phaseLabels[exchange.phase]}</p>
        )}
      </div>
    </li>
  );
});

const phaseLabels = {
  waiting: '',
  streaming: '',
  stopping: 'Stopping …',
  lookingUp: 'Looking up the result of this message …',
};

function WaitingIndicator() {
  return (
    <p className="waiting" aria-hidden="true">
      <i />
      <i />
      <i />
    </p>
  );
}

function Outcome({ exchange, actions }: Pick<ExchangeViewProps, 'exchange' | 'actions'>) {
  const left = useCountdown(exchange.problem);
  const isUnknown = exchange.status === 'pending';
  const canRetry =
    exchange.status === 'failed' ||
    (!isUnknown &&
      exchange.response === '' &&
      exchange.status !== 'completed' &&
      exchange.status !== 'imported');
  const action = (canRetry || isUnknown) && (
    <button
      type="button"
      className="button small"
      disabled={left > 0}
      onClick={() => {
        (isUnknown ? actions.onLookUp : actions.onRetry)(exchange);
      }}
    >
      <RetryIcon />
      {isUnsent(exchange) ? 'Send now' : isUnknown ? 'Look up the reply' : 'Try again'}
    </button>
  );
  return (
    <>
      {exchange.problem !== null && <ProblemNotice problem={exchange.problem}>{action}</ProblemNotice>}
      <p className="facts">
        <span>{outcomeText(exchange)}</span>
        {exchange.model !== null && !isUnknown && <span>{exchange.model}</span>}
        <time dateTime={exchange.createdAt}>{formatTime(exchange.createdAt)}</time>
        {exchange.response !== '' && <CopyButton what="the reply" text={() => exchange.response} />}
        {!isUnknown && <ReplyActions exchange={exchange} actions={actions} />}
      </p>
      {exchange.problem === null && action}
    </>
  );
}

/** Whether the message waits in this browser for the network. */
function isUnsent({ status, problem }: ExchangeState): boolean {
  return status === 'pending' && problem?.code === 'not_sent';
}

function outcomeText(exchange: ExchangeState): string {
  const { id, status, response, charged } = exchange;
  const cost = charged === 0 ? 'cost nothing' : creditAmount(charged);
  if (status === 'cancelled' && id === null) return 'Not sent · cost nothing';
  if (status === 'cancelled')
    return response === '' ? 'Stopped before the reply · cost nothing' : `Stopped · ${cost}`;
  if (status === 'failed')
    return response === '' ? 'Failed · cost nothing' : 'Incomplete: the reply failed · cost nothing';
  if (isUnsent(exchange)) return 'Not sent yet';
  if (status === 'pending') return 'Result unknown';
  if (status === 'imported') return 'Imported';
  return response === '' ? `The reply has no text · ${cost}` : cost;
}
