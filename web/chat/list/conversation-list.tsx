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
import { text, textParts } from '../texts/texts.js';
import { RichText } from '../texts/rich-text.js';

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
          ...(pinned.length === 0 ? [] : [[text('list.pinned'), pinned] as [string, typeof pinned]]),
          ...groupByDay(
            results.filter((conversation) => !conversation.pinned),
            new Date(),
          ),
        ]
      : [[text('list.found'), results]];
  const shownProblem = problem ?? more.problem;
  useEffect(() => void conversations.reload(), [conversations]);
  const search = useCallback(
    (searchedText: string) => void conversations.search(searchedText),
    [conversations],
  );
  return (
    <nav className="conversations" aria-label={text('list.label')}>
      <SearchField onSearch={search} />
      {phase === 'loading' && <p className="quiet">{text('form.loading')}</p>}
      {phase === 'ready' && results.length === 0 && (
        <p className="quiet" role="status">
          {searched === '' ? text('list.empty') : text('list.nothingFound')}
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
          {more.isBusy ? text('form.loading') : text('list.older')}
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
            {text('form.tryAgain')}
          </button>
        </ProblemNotice>
      )}
      {toErase !== null && (
        <ConfirmDialog
          title={text('list.eraseTitle')}
          confirm={text('list.erase')}
          onConfirm={() => erase(toErase.id)}
          onClose={() => {
            setToErase(null);
          }}
        >
          <p>
            <RichText
              parts={textParts('list.eraseText', { title: <span className="title">{toErase.title}</span> })}
            />
          </p>
        </ConfirmDialog>
      )}
    </nav>
  );
}
