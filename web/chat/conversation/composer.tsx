import { useEffect, useLayoutEffect, useRef } from 'react';
import { unitAfter } from '../../api/credits.js';
import type { Problem } from '../../api/problem.js';
import { ProblemNotice, useCountdown } from '../form/notice.js';
import { useAppState } from '../layout/app-state.js';
import { SendIcon, StopIcon } from '../layout/icons.js';
import { useStore } from '../layout/store.js';
import { ModelSelect } from './model-select.js';

interface ComposerProps {
  conversationId: string;
  rejection: Problem | null;
  isReplying: boolean;
  model: string | null;
  onModel: (name: string) => void;
  onSend: (message: string) => void;
  onStop: () => void;
}

/** The form that sends a message. Enter sends, Shift+Enter starts a new line. */
export function Composer({
  conversationId,
  rejection,
  isReplying,
  model,
  onModel,
  onSend,
  onStop,
}: ComposerProps) {
  const { drafts } = useAppState();
  const text = useStore(drafts.store)[conversationId] ?? '';
  const area = useRef<HTMLTextAreaElement>(null);
  const left = useCountdown(rejection);
  const canSend = text.trim() !== '' && !isReplying && left === 0;

  useEffect(() => {
    // On a phone the focus would open the keyboard over the conversation.
    if (matchMedia('(hover: hover)').matches) area.current?.focus();
  }, [conversationId]);
  useLayoutEffect(() => {
    if (area.current === null) return;
    area.current.style.height = 'auto';
    area.current.style.height = `${area.current.scrollHeight}px`;
  }, [text]);

  const send = () => {
    if (!canSend) return;
    drafts.write(conversationId, '');
    onSend(text);
    area.current?.focus();
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReplying) onStop();
        else send();
      }}
    >
      {rejection !== null && (
        <ProblemNotice problem={rejection}>
          {rejection.code === 'insufficient_tokens' && <a href="#/tokens">Show my balance and its history</a>}
          {isPaidByPurchase(rejection) && <a href="#/buy">Get more {unitAfter(2)}</a>}
          {rejection.code === 'cap_reached' && <a href="#/tokens">Show my spending limits</a>}
          {rejection.code === 'email_not_verified' && <a href="#/account">Go to the account page</a>}
        </ProblemNotice>
      )}
      <div className="composer-box">
        <label className="visually-hidden" htmlFor="message">
          Your message
        </label>
        <textarea
          ref={area}
          id="message"
          rows={1}
          placeholder="Write a message"
          value={text}
          aria-describedby="composer-keys"
          onChange={(event) => {
            drafts.write(conversationId, event.target.value);
          }}
          onKeyDown={(event) => {
            // While an input method composes a character, Enter selects it.
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              send();
            }
          }}
        />
        <div className="composer-line">
          <ModelSelect model={model} onModel={onModel} />
          <p id="composer-keys" className="keys">
            <kbd>Enter</kbd> to send, <kbd>Shift</kbd>+<kbd>Enter</kbd> for a new line
          </p>
          {isReplying ? (
            <button
              type="submit"
              className="send stop"
              aria-label="Stop the reply"
              aria-keyshortcuts="Escape"
            >
              <StopIcon />
            </button>
          ) : (
            <button type="submit" className="send" aria-label="Send" aria-disabled={!canSend}>
              <SendIcon />
            </button>
          )}
        </div>
      </div>
    </form>
  );
}

function isPaidByPurchase({ code }: Problem): boolean {
  return code === 'insufficient_tokens' || code === 'debt_outstanding';
}
