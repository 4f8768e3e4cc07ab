import { basePath } from '../../api/base-path.js';
import type { AttachedFile } from './attached-file.js';
import { createStore, type Store } from '../layout/store.js';

/**
 * The unsent texts and files by conversation, in this tab. Texts survive reloads, and are removed when the user signs out;
 * files are too large for that.
 */
export interface Drafts {
  store: Store<Record<string, string>>;
  files: Store<Record<string, readonly AttachedFile[]>>;
  write(conversationId: string, text: string): void;
  writeFiles(conversationId: string, files: readonly AttachedFile[]): void;
  /** Inserts a message that was rejected before the current text and files. */
  putBack(conversationId: string, text: string, files: readonly AttachedFile[]): void;
  /** Moves the text of a conversation whose id has changed. */
  move(from: string, to: string): void;
  forget(): void;
}

export function createDrafts(userId: string): Drafts {
  const storageKey = `metered-chat.drafts${basePath}.${userId}`;
  const store = createStore<Record<string, string>>(readStored(storageKey));
  const files = createStore<Record<string, readonly AttachedFile[]>>({});
  const writeFiles = (conversationId: string, written: readonly AttachedFile[]) => {
    files.set((all) => ({ ...all, [conversationId]: written }));
  };
  const write = (conversationId: string, text: string) => {
    change((drafts) => ({ ...drafts, [conversationId]: text }));
  };
  const change = (update: (drafts: Record<string, string>) => Record<string, string>) => {
    store.set((drafts) =>
      Object.fromEntries(Object.entries(update(drafts)).filter(([, text]) => text !== '')),
    );
    try {
      sessionStorage.setItem(storageKey, JSON.stringify(store.get()));
    } catch {
      // If the storage is full, the draft does not survive a reload.
    }
  };
  return {
    store,
    files,
    write,
    writeFiles,
    putBack: (conversationId, text, rejected) => {
      writeFiles(conversationId, [...rejected, ...(files.get()[conversationId] ?? [])]);
      const current = store.get()[conversationId] ?? '';
      write(conversationId, [text, current].filter((each) => each !== '').join('\n\n'));
    },
    move: (from, to) => {
      change(({ [from]: text = '', ...others }) => ({ [to]: text, ...others }));
      files.set(({ [from]: moved = [], ...others }) => ({ [to]: moved, ...others }));
    },
    forget: () => {
      files.set(() => ({}));
      sessionStorage.removeItem(storageKey);
    },
  };
}

function readStored(storageKey: string): Record<string, string> {
  try {
    // Version 0.1 kept them for all tabs, and would have removed them at the end of the session.
    const former = localStorage.getItem(storageKey);
    localStorage.removeItem(storageKey);
    return JSON.parse(sessionStorage.getItem(storageKey) ?? former ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}
