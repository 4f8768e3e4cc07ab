import { basePath } from '../../api/base-path.js';
import { createStore, type Store } from '../layout/store.js';

/** The unsent texts by conversation. They survive reloads, and are removed when the user signs out. */
export interface Drafts {
  store: Store<Record<string, string>>;
  write(conversationId: string, text: string): void;
  /** Inserts a message that was rejected before the current text. */
  putBack(conversationId: string, text: string): void;
  /** Moves the text of a conversation whose id has changed. */
  move(from: string, to: string): void;
  forget(): void;
}

export function createDrafts(userId: string): Drafts {
  const storageKey = `metered-chat.drafts${basePath}.${userId}`;
  const store = createStore<Record<string, string>>(readStored(storageKey));
  const write = (conversationId: string, text: string) => {
    change((drafts) => ({ ...drafts, [conversationId]: text }));
  };
  const change = (update: (drafts: Record<string, string>) => Record<string, string>) => {
    store.set((drafts) =>
      Object.fromEntries(Object.entries(update(drafts)).filter(([, text]) => text !== '')),
    );
    try {
      localStorage.setItem(storageKey, JSON.stringify(store.get()));
    } catch {
      // If the storage is full, the draft does not survive a reload.
    }
  };
  return {
    store,
    write,
    putBack: (conversationId, text) => {
      const current = store.get()[conversationId] ?? '';
      write(conversationId, current === '' ? text : `${text}\n\n${current}`);
    },
    move: (from, to) => {
      change(({ [from]: text = '', ...others }) => ({ [to]: text, ...others }));
    },
    forget: () => {
      localStorage.removeItem(storageKey);
    },
  };
}

function readStored(storageKey: string): Record<string, string> {
  try {
    return (JSON.parse(localStorage.getItem(storageKey) ?? '{}') ?? {}) as Record<string, string>;
  } catch {
    return {};
  }
}
