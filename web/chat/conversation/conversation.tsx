import { basePath } from '../../base-path.js';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Problem } from '../api/problem.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useDesk } from '../layout/desk.js';
import { DownIcon, Logo } from '../layout/icons.js';
import { useStore } from '../layout/store.js';
import { tokens } from '../layout/words.js';
import { Composer } from './composer.js';
import { TurnView } from './turn.js';
import { emptyThread, isUnderWay, withoutRepeated } from './turn-state.js';
import { useEscape } from './use-escape.js';
import { useStick } from './use-stick.js';

const modelKey = `metered-chat.model${basePath}`;

/** One conversation, or the beginning of a new one. */
export function ConversationView({ id }: { id: string }) {
  const { threads, models } = useDesk();
  const thread = useStore(threads.store)[id] ?? emptyThread;
  const [model, setModel] = useState(() => localStorage.getItem(modelKey));
  const known = models.some(({ name }) => name === model) ? model : null;
  const box = useRef<HTMLDivElement>(null);
  const { isAtEnd, toEnd } = useStick(box, id, thread.turns);
  const turns = withoutRepeated(thread.turns);
  const coming = thread.turns.find(isUnderWay);
  const earlier = useTask();

  useEffect(() => void threads.open(id), [threads, id]);
  useEscape(
    coming === undefined
      ? null
      : () => {
          threads.stop(coming.key);
        },
  );

  // What is put in above moves nothing that is being read.
  const firstKey = turns[0]?.key;
  const before = useRef<{ id: string; firstKey: string | undefined; height: number } | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const last = before.current;
    if (last?.id === id && last.firstKey !== undefined && last.firstKey !== firstKey && earlier.isDone)
      element.scrollTop += element.scrollHeight - last.height;
    before.current = { id, firstKey, height: element.scrollHeight };
  });

  return (
    <>
      <div className="scroll" ref={box}>
        <div className="column">
          {thread.phase === 'loading' && <p className="quiet">Loading …</p>}
          {thread.phase === 'failed' && thread.problem !== null && (
            <Unread
              problem={thread.problem}
              onRetry={() => {
                void threads.open(id);
              }}
            />
          )}
          {thread.phase === 'ready' && turns.length === 0 && <Beginning />}
          {thread.earlier !== null && (
            <p className="more">
              <button
                type="button"
                className="button small"
                onClick={() => {
                  earlier.run(() => threads.loadEarlier(id));
                }}
              >
                {earlier.isBusy ? 'Loading …' : 'Show what was said before'}
              </button>
            </p>
          )}
          {earlier.problem !== null && <ProblemNotice problem={earlier.problem} />}
          <ol className="turns" aria-label="Conversation">
            {turns.map((turn) => (
              <TurnView
                key={turn.key}
                turn={turn}
                onRetry={() => {
                  // The button is gone with the turn that it belongs to.
                  document.getElementById('message')?.focus();
                  void threads.retry(id, turn, known);
                }}
                onLookAgain={() => {
                  void threads.lookAgain(id, turn.key);
                }}
              />
            ))}
          </ol>
        </div>
      </div>
      <div className="foot">
        {!isAtEnd && turns.length > 0 && (
          <button type="button" className="to-end" aria-label="To the newest message" onClick={toEnd}>
            <DownIcon />
          </button>
        )}
        {thread.phase !== 'failed' && (
          <Composer
            thread={id}
            refusal={thread.refusal}
            isReplying={coming !== undefined}
            model={known}
            onModel={(name) => {
              localStorage.setItem(modelKey, name);
              setModel(name);
            }}
            onSend={(message) => {
              toEnd();
              void threads.send(id, message, known);
            }}
            onStop={() => {
              if (coming !== undefined) threads.stop(coming.key);
            }}
          />
        )}
      </div>
    </>
  );
}

/** Why a conversation is not to be seen, and what can be done about it. */
function Unread({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  if (problem.code === 'not_found')
    return (
      <div className="beginning">
        <Logo />
        <h2>This conversation is not here</h2>
        <p role="alert">It was erased, or it belongs to another account.</p>
        <a className="button" href="#/">
          Begin a new one
        </a>
      </div>
    );
  return (
    <ProblemNotice problem={problem}>
      <button type="button" className="button small" onClick={onRetry}>
        Try again
      </button>
    </ProblemNotice>
  );
}

function Beginning() {
  const { balance } = useDesk();
  const { tokens: left } = useStore(balance);
  return (
    <div className="beginning">
      <Logo />
      <h2>What would you like to know?</h2>
      {left > 0 ? (
        <p>You have {tokens(left)}. Each reply shows what it cost.</p>
      ) : (
        <p>You have no tokens left. Whoever runs this server can grant you more; your conversations stay.</p>
      )}
    </div>
  );
}
