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
  /** Keeps a message that has not left the browser: after a reload of the page it is in the text again. */
  keepUnsent(key: string, conversationId: string, message: string): void;
  forgetUnsent(key: string): void;
  /** Moves the text of a conversation whose id has changed. */
  move(from: string, to: string): void;
  forget(): void;
}

export function createDrafts(userId: string): Drafts {
  const storageKey = `metered-chat.drafts${basePath}.${userId}`;
  const unsentKey = `metered-chat.unsent${basePath}.${userId}`;
  // The messages that were not sent before a reload are part of the texts now.
  const former = readUnsent(unsentKey);
  const store = createStore<Record<string, string>>(withUnsent(readStored(storageKey), former));
  const unsent = new Map<string, UnsentMessage>();
  const storeUnsent = () => {
    storeInTab(unsentKey, [...unsent.values()]);
  };
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
    storeInTab(storageKey, store.get());
  };
  if (former.length > 0) {
    change((drafts) => drafts);
    storeUnsent();
  }
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
    keepUnsent: (key, conversationId, message) => {
      unsent.set(key, { conversationId, message });
      storeUnsent();
    },
    forgetUnsent: (key) => {
      if (unsent.delete(key)) storeUnsent();
    },
    move: (from, to) => {
      for (const [key, { conversationId, message }] of unsent)
        if (conversationId === from) unsent.set(key, { conversationId: to, message });
      storeUnsent();
      change(({ [from]: text = '', ...others }) => ({ [to]: text, ...others }));
      files.set(({ [from]: moved = [], ...others }) => ({ [to]: moved, ...others }));
    },
    forget: () => {
      files.set(() => ({}));
      unsent.clear();
      sessionStorage.removeItem(storageKey);
      sessionStorage.removeItem(unsentKey);
    },
  };
}

interface UnsentMessage {
  conversationId: string;
  message: string;
}

function readUnsent(key: string): UnsentMessage[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as UnsentMessage[];
  } catch {
    return [];
  }
}

/** Inserts messages that were not sent before the texts of their conversations. */
function withUnsent(texts: Record<string, string>, unsent: readonly UnsentMessage[]): Record<string, string> {
  const all = { ...texts };
  for (const { conversationId, message } of unsent.toReversed())
    all[conversationId] = [message, all[conversationId] ?? ''].filter((each) => each !== '').join('\n\n');
  return all;
}

function storeInTab(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // If the storage is full, the texts do not survive a reload.
  }
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
