import { createStore, type Store } from '../layout/store.js';

/** What was written and not sent, by conversation; kept over reloads, and until the account signs out. */
export interface Drafts {
  store: Store<Record<string, string>>;
  write(thread: string, text: string): void;
  /** Puts back what could not be sent, before what was written since. */
  putBack(thread: string, text: string): void;
  forget(): void;
}

export function createDrafts(userId: string): Drafts {
  const storageKey = `metered-chat.drafts.${userId}`;
  const store = createStore<Record<string, string>>(kept(storageKey));
  const write = (thread: string, text: string) => {
    store.set((drafts) => {
      const others = Object.entries(drafts).filter(([name]) => name !== thread);
      return Object.fromEntries(text === '' ? others : [...others, [thread, text]]);
    });
    try {
      localStorage.setItem(storageKey, JSON.stringify(store.get()));
    } catch {
      // A full storage keeps no draft over a reload; this tab still has it.
    }
  };
  return {
    store,
    write,
    putBack: (thread, text) => {
      const since = store.get()[thread] ?? '';
      write(thread, since === '' ? text : `${text}\n\n${since}`);
    },
    forget: () => {
      localStorage.removeItem(storageKey);
    },
  };
}

function kept(storageKey: string): Record<string, string> {
  try {
    return (JSON.parse(localStorage.getItem(storageKey) ?? '{}') ?? {}) as Record<string, string>;
  } catch {
    return {};
  }
}
