import { useCallback, useEffect, useState } from 'react';
import type { Conversation, FoundConversation } from '../../api/api-objects.js';
import { ConfirmDialog } from '../form/confirm-dialog.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useAppState } from '../layout/app-state.js';
import { useRoute } from '../layout/route.js';
import { useStore } from '../layout/store.js';
import { useWhenSeen } from '../layout/use-when-seen.js';
import { SearchField } from './search-field.js';
import { groupByDay } from './group-by-day.js';
import { ConversationRow } from './conversation-row.js';

/** The account's conversations. */
export function ConversationList() {
  const { conversations, erase } = useAppState();
  const { phase, results, pinned, searched, next, problem } = useStore(conversations.store);
  const route = useRoute();
  const [toErase, setToErase] = useState<Conversation | null>(null);
  const more = useTask();
  const loadMore = () => {
    more.run(conversations.loadMore);
  };
  const moreButton = useWhenSeen(loadMore);
  const groups: [string, readonly FoundConversation[]][] =
    searched === ''
      ? [
          ...(pinned.length === 0 ? [] : [['Pinned', pinned] as [string, typeof pinned]]),
          ...groupByDay(
            results.filter((conversation) => !conversation.pinned),
            new Date(),
          ),
        ]
      : [['Found', results]];
  const shownProblem = problem ?? more.problem;
  useEffect(() => void conversations.reload(), [conversations]);
  const search = useCallback((text: string) => void conversations.search(text), [conversations]);
  return (
    <nav className="conversations" aria-label="Conversations">
      <SearchField onSearch={search} />
      {phase === 'loading' && <p className="quiet">Loading …</p>}
      {phase === 'ready' && results.length === 0 && (
        <p className="quiet" role="status">
          {searched === ''
            ? 'No conversations yet. Your first message starts one.'
            : 'No conversation has this text.'}
        </p>
      )}
      {groups.map(
        ([day, group]) =>
          group.length > 0 && (
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
          ),
      )}
      {next !== null && (
        <button ref={moreButton} type="button" className="button small" onClick={loadMore}>
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
