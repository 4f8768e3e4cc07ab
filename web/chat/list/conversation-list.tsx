import { useEffect, useState } from 'react';
import type { Conversation } from '../api/contract.js';
import { Confirm } from '../form/confirm.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useDesk } from '../layout/desk.js';
import { useRoute } from '../layout/route.js';
import { useStore } from '../layout/store.js';
import { byDay } from './by-day.js';
import { ConversationRow } from './conversation-row.js';

/** The account's conversations. */
export function ConversationList() {
  const { conversations, erase } = useDesk();
  const { phase, results, next, problem } = useStore(conversations.store);
  const route = useRoute();
  const [toErase, setToErase] = useState<Conversation | null>(null);
  const more = useTask();
  const shown = problem ?? more.problem;
  useEffect(() => void conversations.reload(), [conversations]);
  return (
    <nav className="conversations" aria-label="Conversations">
      {phase === 'loading' && <p className="quiet">Loading …</p>}
      {phase === 'ready' && results.length === 0 && (
        <p className="quiet">No conversations yet. Your first message begins one.</p>
      )}
      {byDay(results, new Date()).map(([day, group]) => (
        <section key={day} aria-label={day}>
          <h2 className="day">{day}</h2>
          <ul>
            {group.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                isOpen={route.name === 'conversation' && route.id === conversation.id}
                onErase={() => {
                  setToErase(conversation);
                }}
              />
            ))}
          </ul>
        </section>
      ))}
      {next !== null && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            more.run(conversations.loadMore);
          }}
        >
          {more.isBusy ? 'Loading …' : 'Show older ones'}
        </button>
      )}
      {shown !== null && (
        <ProblemNotice problem={shown}>
          <button
            type="button"
            className="button small"
            onClick={() => {
              more.run(conversations.reload);
            }}
          >
            Try again
          </button>
        </ProblemNotice>
      )}
      {toErase !== null && (
        <Confirm
          title="Erase this conversation?"
          confirm="Erase it"
          onConfirm={() => erase(toErase.id)}
          onClose={() => {
            setToErase(null);
          }}
        >
          <p>
            “<span className="title">{toErase.title}</span>” and all that was said in it will be gone for
            good. What it cost stays in your history of tokens.
          </p>
        </Confirm>
      )}
    </nav>
  );
}
