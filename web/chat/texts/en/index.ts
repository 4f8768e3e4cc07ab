import { session } from './session.js';

/** The English texts of the chat page. */
export const english = { ...session } as const;
