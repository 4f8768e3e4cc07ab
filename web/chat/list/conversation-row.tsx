import { useEffect, useRef, useState } from 'react';
import type { Conversation, FoundConversation } from '../../api/api-objects.js';
import { toProblem, type Problem } from '../../api/problem.js';
import { fieldError } from '../../api/field-errors.js';
import { errorMessage } from '../../api/error-messages.js';
import { useAppState } from '../layout/app-state.js';
import { useTask } from '../form/use-task.js';
import { EditIcon, EraseIcon, PinIcon } from '../layout/icons.js';
import { routeHash } from '../layout/route.js';
import { text } from '../texts/texts.js';

interface RowProps {
  conversation: FoundConversation;
  isOpen: boolean;
  onErase: () => void;
}

/** A conversation in the list: a link, and buttons that rename and erase it. */
export function ConversationRow({ conversation, isOpen, onErase }: RowProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  const rename = useRef<HTMLButtonElement>(null);
  const { conversations } = useAppState();
  const pinning = useTask();
  const { id, title, pinned, snippet } = conversation;
  if (isRenaming)
    return (
      <li className="row">
        <RenameForm
          conversation={conversation}
          onEnd={() => {
            setIsRenaming(false);
            requestAnimationFrame(() => rename.current?.focus());
          }}
        />
      </li>
    );
  return (
    <li className={isOpen ? 'row open' : 'row'}>
      <a
        href={routeHash({ name: 'conversation', id })}
        aria-current={isOpen ? 'page' : undefined}
        title={title}
      >
        {title}
        {snippet != null && <span className="snippet">{snippet}</span>}
      </a>
      <div className="row-actions">
        <button
          type="button"
          className="icon-button"
          aria-label={text(pinned ? 'row.unpin' : 'row.pin', { title })}
          onClick={() => {
            pinning.run(() => conversations.pin(id, !pinned));
          }}
        >
          <PinIcon />
        </button>
        <button
          ref={rename}
          type="button"
          className="icon-button"
          aria-label={text('row.rename', { title })}
          onClick={() => {
            setIsRenaming(true);
          }}
        >
          <EditIcon />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={text('row.erase', { title })}
          onClick={onErase}
        >
          <EraseIcon />
        </button>
      </div>
    </li>
  );
}

function RenameForm({ conversation, onEnd }: { conversation: Conversation; onEnd: () => void }) {
  const { conversations } = useAppState();
  const [title, setTitle] = useState(conversation.title);
  const [problem, setProblem] = useState<Problem | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.select();
  }, []);
  const save = async () => {
    try {
      if (title !== conversation.title) await conversations.rename(conversation.id, title);
      onEnd();
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  const message =
    problem?.document.errors?.['title']?.map(fieldError).join(' ') ??
    (problem === null ? null : errorMessage(problem));
  return (
    <form
      className="renaming"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <input
        ref={input}
        aria-label={text('row.title')}
        aria-invalid={message !== null}
        value={title}
        onChange={(event) => {
          setTitle(event.target.value);
        }}
        onBlur={() => {
          if (problem === null) void save();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onEnd();
        }}
      />
      {message !== null && (
        <p className="field-errors" role="alert">
          {message}
        </p>
      )}
    </form>
  );
}
