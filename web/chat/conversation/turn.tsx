import { useDeferredValue } from 'react';
import { ProblemNotice, useCountdown } from '../form/notice.js';
import { RetryIcon } from '../layout/icons.js';
import { moment, tokens } from '../layout/words.js';
import { CopyButton } from './copy-button.js';
import { Markdown } from './markdown.js';
import type { Turn } from './turn-state.js';

interface TurnProps {
  turn: Turn;
  onRetry: () => void;
  onLookAgain: () => void;
}

/** A message, the reply to it, and what that cost. */
export function TurnView({ turn, onRetry, onLookAgain }: TurnProps) {
  const response = useDeferredValue(turn.response);
  const isComing = turn.phase === 'waiting' || turn.phase === 'streaming';
  return (
    <li className="turn">
      <div className="message">
        <span className="visually-hidden">You: </span>
        <p>{turn.message}</p>
      </div>
      <div className={isComing ? 'reply coming' : 'reply'} aria-busy={isComing}>
        <span className="visually-hidden">Reply: </span>
        {response !== '' && <Markdown text={response} />}
        {turn.phase === 'waiting' && <Waiting />}
        {turn.phase === 'ended' ? (
          <Outcome turn={turn} onRetry={onRetry} onLookAgain={onLookAgain} />
        ) : (
          <p className="facts">{underWayWords[turn.phase]}</p>
        )}
      </div>
    </li>
  );
}

const underWayWords = {
  waiting: '',
  streaming: '',
  stopping: 'Stopping …',
  looking: 'Looking for what became of this message …',
};

function Waiting() {
  return (
    <p className="waiting" aria-hidden="true">
      <i />
      <i />
      <i />
    </p>
  );
}

function Outcome({ turn, onRetry, onLookAgain }: TurnProps) {
  const left = useCountdown(turn.problem);
  const isUnknown = turn.status === 'pending';
  const isVain =
    turn.status === 'failed' ||
    (!isUnknown && turn.response === '' && turn.status !== 'completed' && turn.status !== 'imported');
  const again = (isVain || isUnknown) && (
    <button
      type="button"
      className="button small"
      disabled={left > 0}
      onClick={isUnknown ? onLookAgain : onRetry}
    >
      <RetryIcon />
      {isUnknown ? 'Look for the reply' : 'Try again'}
    </button>
  );
  return (
    <>
      {turn.problem !== null && <ProblemNotice problem={turn.problem}>{again}</ProblemNotice>}
      <p className="facts">
        <span>{outcomeWords(turn)}</span>
        {turn.model !== null && !isUnknown && <span>{turn.model}</span>}
        <time dateTime={turn.createdAt}>{moment(turn.createdAt)}</time>
        {turn.response !== '' && <CopyButton what="the reply" text={() => turn.response} />}
      </p>
      {turn.problem === null && again}
    </>
  );
}

function outcomeWords({ id, status, response, charged }: Turn): string {
  const cost = charged === 0 ? 'cost nothing' : tokens(charged);
  if (status === 'cancelled' && id === null) return 'Not sent · cost nothing';
  if (status === 'cancelled')
    return response === '' ? 'Stopped before an answer came · cost nothing' : `Stopped · ${cost}`;
  if (status === 'failed')
    return response === '' ? 'Failed · cost nothing' : 'Incomplete: the reply failed · cost nothing';
  if (status === 'pending') return 'Not known yet what came of it';
  if (status === 'imported') return 'From before';
  return response === '' ? `The reply has no text · ${cost}` : cost;
}
