import { useEffect, useState } from 'react';
import type { Conversation } from '../../api/api-objects.js';
import { ConfirmDialog } from '../form/confirm-dialog.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useAppState } from '../layout/app-state.js';
import { useRoute } from '../layout/route.js';
import { useStore } from '../layout/store.js';
import { groupByDay } from './group-by-day.js';
import { ConversationRow } from './conversation-row.js';

/** The account's conversations. */
export function ConversationList() {
  const { conversations, erase } = useAppState();
  const { phase, results, next, problem } = useStore(conversations.store);
  const route = useRoute();
  const [toErase, setToErase] = useState<Conversation | null>(null);
  const more = useTask();
  const shownProblem = problem ?? more.problem;
  useEffect(() => void conversations.reload(), [conversations]);
  return (
    <nav className="conversations" aria-label="Conversations">
      {phase === 'loading' && <p className="quiet">Loading …</p>}
      {phase === 'ready' && results.length === 0 && (
        <p className="quiet">No conversations yet. Your first message starts one.</p>
      )}
      {groupByDay(results, new Date()).map(([day, group]) => (
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
          {more.isBusy ? 'Loading …' : 'Show older conversations'}
        </button>
      )}
      {shownProblem !== null && (
        <ProblemNotice problem={shownProblem}>
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
        <ConfirmDialog
          title="Erase this conversation?"
          confirm="Erase"
          onConfirm={() => erase(toErase.id)}
          onClose={() => {
            setToErase(null);
          }}
        >
          <p>
            “<span className="title">{toErase.title}</span>” and all its messages are erased permanently.
            Their costs stay in your history.
          </p>
        </ConfirmDialog>
      )}
    </nav>
  );
}
