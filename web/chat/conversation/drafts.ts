import { basePath } from '../../base-path.js';
import { createStore, type Store } from '../layout/store.js';

/** What was written and not sent, by conversation; kept over reloads, and until the account signs out. */
export interface Drafts {
  store: Store<Record<string, string>>;
  write(thread: string, text: string): void;
  /** Puts back what could not be sent, before what was written since. */
  putBack(thread: string, text: string): void;
  /** Takes along what is being written in a conversation that has got another name. */
  move(from: string, to: string): void;
  forget(): void;
}

export function createDrafts(userId: string): Drafts {
  const storageKey = `metered-chat.drafts${basePath}.${userId}`;
  const store = createStore<Record<string, string>>(kept(storageKey));
  const write = (thread: string, text: string) => {
    change((drafts) => ({ ...drafts, [thread]: text }));
  };
  const change = (to: (drafts: Record<string, string>) => Record<string, string>) => {
    store.set((drafts) => Object.fromEntries(Object.entries(to(drafts)).filter(([, text]) => text !== '')));
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
    move: (from, to) => {
      change(({ [from]: text = '', ...others }) => ({ [to]: text, ...others }));
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
