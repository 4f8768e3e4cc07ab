import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../api/contract.js';
import { asProblem, type Problem } from '../api/problem.js';
import { wordsOf } from '../api/words.js';
import { useDesk } from '../layout/desk.js';
import { EditIcon, EraseIcon } from '../layout/icons.js';
import { hashOf } from '../layout/route.js';

interface RowProps {
  conversation: Conversation;
  isOpen: boolean;
  onErase: () => void;
}

/** A conversation in the list: opens it, renames it in place, and asks for its end. */
export function ConversationRow({ conversation, isOpen, onErase }: RowProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  const rename = useRef<HTMLButtonElement>(null);
  const { id, title } = conversation;
  if (isRenaming)
    return (
      <li className="row">
        <Renaming
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
      <a href={hashOf({ name: 'conversation', id })} aria-current={isOpen ? 'page' : undefined} title={title}>
        {title}
      </a>
      <div className="row-actions">
        <button
          ref={rename}
          type="button"
          className="icon-button"
          aria-label={`Rename “${title}”`}
          onClick={() => {
            setIsRenaming(true);
          }}
        >
          <EditIcon />
        </button>
        <button type="button" className="icon-button" aria-label={`Erase “${title}”`} onClick={onErase}>
          <EraseIcon />
        </button>
      </div>
    </li>
  );
}

function Renaming({ conversation, onEnd }: { conversation: Conversation; onEnd: () => void }) {
  const { conversations } = useDesk();
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
      setProblem(asProblem(error));
    }
  };
  const fault =
    problem?.document.errors?.['title']?.join(' ') ?? (problem === null ? null : wordsOf(problem));
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
        aria-label="Title of the conversation"
        aria-invalid={fault !== null}
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
      {fault !== null && (
        <p className="faults" role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}
