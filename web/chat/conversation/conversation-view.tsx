import { creditAmount, noCredits, unitAfter } from '../../api/credits.js';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { SettingsChange } from '../../api/api-objects.js';
import type { Problem } from '../../api/problem.js';
import { BalanceNotice } from '../balance/balance-notice.js';
import { ExpiryNotice } from '../balance/expiry-notice.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useAppState } from '../layout/app-state.js';
import { DownIcon, Logo } from '../layout/icons.js';
import { useStore } from '../layout/store.js';
import { shownBranch } from './branches.js';
import { Composer } from './composer.js';
import { ExchangeView } from './exchange-view.js';
import { emptyConversation, isInProgress, type ExchangeState } from './exchange-state.js';
import { useEscape } from './use-escape.js';
import { MoreButton } from '../layout/more-button.js';
import { useScrollToEnd } from './use-scroll-to-end.js';
import { useShownExchanges } from './use-shown-exchanges.js';
import { useStableCallback } from './use-stable-callback.js';
import { text } from '../texts/texts.js';

/** A conversation, or an empty new one. */
export function ConversationView({ id }: { id: string }) {
  const { openConversations } = useAppState();
  const conversation = useStore(openConversations.store)[id] ?? emptyConversation;
  const box = useRef<HTMLDivElement>(null);
  const branch = useMemo(
    () => shownBranch(conversation.exchanges, conversation.chosen),
    [conversation.exchanges, conversation.chosen],
  );
  const exchanges = useShownExchanges(id, branch.exchanges);
  const [editedKey, setEditedKey] = useState<string | null>(null);
  const { isAtEnd, scrollToEnd } = useScrollToEnd(box, id, exchanges);
  const current = conversation.exchanges.find(isInProgress);
  const earlier = useTask();
  const changing = useTask();
  const changeSettings = (change: SettingsChange) => openConversations.changeSettings(id, change);

  const retry = useStableCallback((exchange: ExchangeState) => {
    // The button disappears with its exchange, so the focus moves to the message field.
    document.getElementById('message')?.focus();
    void openConversations.retry(id, exchange);
  });
  const lookUp = useStableCallback(({ key }: ExchangeState) => {
    void openConversations.lookUpAgain(key);
  });

  const edit = useStableCallback((exchange: ExchangeState | null) => {
    setEditedKey(exchange?.key ?? null);
    if (exchange === null) document.getElementById('message')?.focus();
  });
  const sendInPlace = (exchange: ExchangeState, replaced: { message: string; model?: string | null }) => {
    edit(null);
    scrollToEnd();
    void openConversations.sendInPlace(id, exchange, replaced);
  };
  const sendEdited = useStableCallback(
    ({ exchange, message }: { exchange: ExchangeState; message: string }) => {
      sendInPlace(exchange, { message });
    },
  );
  const replyAgain = useStableCallback(
    ({ exchange, model }: { exchange: ExchangeState; model: string | null }) => {
      sendInPlace(exchange, { message: exchange.message, model });
    },
  );
  const goOn = useStableCallback(() => {
    scrollToEnd();
    document.getElementById('message')?.focus();
    void openConversations.send(id, { message: text('conversation.goOn'), files: [] });
  });
  const showVersion = useStableCallback(({ exchange, by }: { exchange: ExchangeState; by: 1 | -1 }) => {
    const keys = branch.versions.get(exchange.key) ?? [];
    const key = keys[keys.indexOf(exchange.key) + by];
    if (key !== undefined) openConversations.showVersion(id, exchange, key);
  });
  const actions = useMemo(
    () => ({
      onRetry: retry,
      onLookUp: lookUp,
      onEdit: edit,
      onSendEdited: sendEdited,
      onReplyAgain: replyAgain,
      onContinue: goOn,
      onVersion: showVersion,
    }),
    [retry, lookUp, edit, sendEdited, replyAgain, goOn, showVersion],
  );
  const last = branch.exchanges.findLast((exchange) => exchange.id !== null);

  useEffect(() => void openConversations.open(id), [openConversations, id]);
  useEffect(() => {
    setEditedKey(null);
  }, [id]);
  useEscape(
    current === undefined
      ? null
      : () => {
          openConversations.stop(current.key);
        },
  );

  // Keeps the scroll position when earlier messages are inserted above.
  const firstKey = exchanges[0]?.key;
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
      {/* A click gives it the focus, so that the keys scroll it. */}
      <div className="scroll" ref={box} tabIndex={-1}>
        <div className="column">
          {conversation.phase === 'loading' && <p className="quiet">{text('form.loading')}</p>}
          {conversation.phase === 'failed' && conversation.problem !== null && (
            <LoadFailure
              problem={conversation.problem}
              onRetry={() => {
                void openConversations.open(id);
              }}
            />
          )}
          {conversation.phase === 'ready' && conversation.exchanges.length === 0 && <EmptyConversation />}
          {conversation.earlier !== null && (
            <MoreButton
              label={text('conversation.earlier')}
              isBusy={earlier.isBusy}
              onClick={() => {
                earlier.run(() => openConversations.loadEarlier(id));
              }}
            />
          )}
          {earlier.problem !== null && <ProblemNotice problem={earlier.problem} />}
          <ol
            className={current === undefined ? 'exchanges' : 'exchanges replying'}
            aria-label={text('conversation.label')}
          >
            {exchanges.map((exchange) => {
              const keys = branch.versions.get(exchange.key) ?? [exchange.key];
              return (
                <ExchangeView
                  key={exchange.key}
                  exchange={exchange}
                  isEdited={editedKey === exchange.key}
                  version={keys.indexOf(exchange.key) + 1}
                  versions={keys.length}
                  actions={actions}
                />
              );
            })}
          </ol>
        </div>
      </div>
      <div className="foot">
        {!isAtEnd && exchanges.length > 0 && (
          <button
            type="button"
            className="to-end"
            aria-label={text('conversation.toEnd')}
            onClick={scrollToEnd}
          >
            <DownIcon />
          </button>
        )}
        <BalanceNotice />
        {changing.problem !== null && <ProblemNotice problem={changing.problem} />}
        {conversation.phase !== 'failed' && (
          <Composer
            conversationId={id}
            rejection={conversation.rejection}
            isReplying={current !== undefined}
            settings={conversation.settings}
            branch={branch.exchanges}
            onSettings={changeSettings}
            onModel={(model) => {
              changing.run(() => changeSettings({ model }));
            }}
            onSend={(message, files) => {
              scrollToEnd();
              void openConversations.send(id, { message, files });
            }}
            onEditLast={
              last === undefined || current !== undefined
                ? null
                : () => {
                    edit(last);
                  }
            }
            onStop={() => {
              if (current !== undefined) openConversations.stop(current.key);
            }}
          />
        )}
      </div>
    </>
  );
}

/** Why a conversation could not be read, and what to do. */
function LoadFailure({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  if (problem.code === 'not_found')
    return (
      <div className="beginning">
        <Logo />
        <h2>{text('conversation.missing')}</h2>
        <p role="alert">{text('conversation.missingText')}</p>
        <a className="button" href="#/">
          {text('conversation.startNew')}
        </a>
      </div>
    );
  return (
    <ProblemNotice problem={problem}>
      <button type="button" className="button small" onClick={onRetry}>
        {text('form.tryAgain')}
      </button>
    </ProblemNotice>
  );
}

function EmptyConversation() {
  const { balance } = useAppState();
  const { tokens: left } = useStore(balance);
  return (
    <div className="beginning">
      <Logo />
      <h2>{text('empty.question')}</h2>
      {left > 0 ? (
        <>
          <p>{text('empty.balance', { amount: creditAmount(left) })}</p>
          <ExpiryNotice />
        </>
      ) : (
        <>
          <p>{text('empty.noBalance', { amount: noCredits() })}</p>
          <a className="button" href="#/buy">
            {text('title.getMore', { unit: unitAfter(2) })}
          </a>
        </>
      )}
    </div>
  );
}
