import { account } from './account.js';
import { conversation } from './conversation.js';
import { factors } from './factors.js';
import { layout } from './layout.js';
import { session } from './session.js';
import { wallet } from './wallet.js';

/** The English texts of the chat page. */
export const english = { ...session, ...layout, ...conversation, ...account, ...factors, ...wallet } as const;
