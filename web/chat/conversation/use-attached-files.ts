import { useState } from 'react';
import type { Model } from '../../api/api-objects.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { maxFiles, modelProblem, readFile, type AttachedFile } from './attached-file.js';
import { text } from '../texts/texts.js';

const none: readonly AttachedFile[] = [];

/** The files that are attached to the next message of a conversation, and why one cannot be. */
export function useAttachedFiles(conversationId: string, model: Model | undefined) {
  const { drafts } = useAppState();
  const files = useStore(drafts.files)[conversationId] ?? none;
  const [rejected, setRejected] = useState<{ conversationId: string; message: string } | null>(null);
  const unreadable = modelProblem(files, model);

  const add = async (added: readonly File[]) => {
    const problems: string[] = [];
    for (const file of added) {
      try {
        const read = await readFile(file);
        const before = drafts.files.get()[conversationId] ?? none;
        if (before.length >= maxFiles) throw new Error(text('files.tooMany', { count: maxFiles }));
        drafts.writeFiles(conversationId, [...before, read]);
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
    setRejected(problems.length === 0 ? null : { conversationId, message: [...new Set(problems)].join(' ') });
  };
  const shownRejection = rejected?.conversationId === conversationId ? rejected.message : null;
  return {
    files,
    /** Why the message cannot be sent with these files; null if it can. */
    unreadable,
    problem: [shownRejection, unreadable].filter((each) => each !== null).join(' '),
    add: (added: readonly File[]) => {
      if (added.length > 0) void add(added);
    },
    remove: (position: number) => {
      setRejected(null);
      drafts.writeFiles(
        conversationId,
        files.filter((_, index) => index !== position),
      );
    },
  };
}
