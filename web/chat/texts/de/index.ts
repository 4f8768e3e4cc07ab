import type { Translation } from '../../../language/message.js';
import type { english } from '../en/index.js';
import { session } from './session.js';

/** The German texts of the chat page. */
export const german: Translation<typeof english> = { ...session };
