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
import { text } from '../texts/texts.js';

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
        <span className="visually-hidden">{text('exchange.you')}</span>
        <AttachmentList label={text('files.attachments')} items={exchange.attachments} />
        {isEdited ? (
          <MessageEditor
            message={exchange.message}
            onSend={(message) => {
              actions.onSendEdited({ exchange, message });
            }}
            onCancel={() => {
              actions.onEdit(null);
            }}
          />
        ) : (
          exchange.message !== '' && <MessageText message={exchange.message} />
        )}
      </div>
      {!isEdited && <MessageActions exchange={exchange} actions={actions} {...numbers} />}
      <div className={isStreaming ? 'reply streaming' : 'reply'} aria-busy={isStreaming}>
        <span className="visually-hidden">{text('exchange.reply')}</span>
        {response !== '' && <Markdown text={response} isGrowing={exchange.phase !== 'ended'} />}
        {exchange.phase === 'waiting' && <WaitingIndicator />}
        {exchange.phase === 'ended' ? (
          <Outcome exchange={exchange} actions={actions} />
        ) : (
          <p className="facts">{phaseLabel(exchange.phase)}</p>
        )}
      </div>
    </li>
  );
});

function phaseLabel(phase: Exclude<ExchangeState['phase'], 'ended'>): string {
  if (phase === 'stopping') return text('exchange.stopping');
  return phase === 'lookingUp' ? text('exchange.lookingUp') : '';
}

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
      {retryLabel(exchange)}
    </button>
  );
  return (
    <>
      {exchange.problem !== null && <ProblemNotice problem={exchange.problem}>{action}</ProblemNotice>}
      <p className="facts">
        <span>{outcomeText(exchange)}</span>
        {exchange.model !== null && !isUnknown && <span>{exchange.model}</span>}
        <time dateTime={exchange.createdAt}>{formatTime(exchange.createdAt)}</time>
        {exchange.response !== '' && (
          <CopyButton what={text('copy.reply')} content={() => exchange.response} />
        )}
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

function retryLabel(exchange: ExchangeState): string {
  if (isUnsent(exchange)) return text('exchange.sendNow');
  return exchange.status === 'pending' ? text('exchange.lookUp') : text('form.tryAgain');
}

function outcomeText(exchange: ExchangeState): string {
  const { id, status, response, charged } = exchange;
  const cost = charged === 0 ? text('outcome.free') : creditAmount(charged);
  if (status === 'cancelled' && id === null) return text('outcome.notSent');
  if (status === 'cancelled')
    return response === '' ? text('outcome.stoppedBefore') : text('outcome.stopped', { cost });
  if (status === 'failed') return response === '' ? text('outcome.failed') : text('outcome.incomplete');
  if (isUnsent(exchange)) return text('outcome.unsent');
  if (status === 'pending') return text('outcome.unknown');
  if (status === 'imported') return text('outcome.imported');
  return response === '' ? text('outcome.noText', { cost }) : cost;
}
