import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Problem } from '../api/problem.js';
import { ProblemNotice, useCountdown } from '../form/notice.js';
import { useDesk } from '../layout/desk.js';
import { SendIcon, StopIcon } from '../layout/icons.js';
import { useStore } from '../layout/store.js';
import { ModelChoice } from './model-choice.js';

interface ComposerProps {
  thread: string;
  refusal: Problem | null;
  isReplying: boolean;
  model: string | null;
  onModel: (name: string) => void;
  onSend: (message: string) => void;
  onStop: () => void;
}

/** Where a message is written. Enter sends, Shift+Enter begins a new line. */
export function Composer({ thread, refusal, isReplying, model, onModel, onSend, onStop }: ComposerProps) {
  const { drafts } = useDesk();
  const text = useStore(drafts.store)[thread] ?? '';
  const area = useRef<HTMLTextAreaElement>(null);
  const left = useCountdown(refusal);
  const canSend = text.trim() !== '' && !isReplying && left === 0;

  useEffect(() => {
    // On a phone it would open the keyboard over what is to be read.
    if (matchMedia('(hover: hover)').matches) area.current?.focus();
  }, [thread]);
  useLayoutEffect(() => {
    if (area.current === null) return;
    area.current.style.height = 'auto';
    area.current.style.height = `${area.current.scrollHeight}px`;
  }, [text]);

  const send = () => {
    if (!canSend) return;
    drafts.write(thread, '');
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
      {refusal !== null && (
        <ProblemNotice problem={refusal}>
          {refusal.code === 'insufficient_tokens' && <a href="#/tokens">Where my tokens went</a>}
          {refusal.code === 'email_not_verified' && <a href="#/account">To the account page</a>}
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
            drafts.write(thread, event.target.value);
          }}
          onKeyDown={(event) => {
            // While an input method composes a character, Enter chooses it.
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              send();
            }
          }}
        />
        <div className="composer-line">
          <ModelChoice model={model} onModel={onModel} />
          <p id="composer-keys" className="keys">
            <kbd>Enter</kbd> sends, <kbd>Shift</kbd>+<kbd>Enter</kbd> breaks the line
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
