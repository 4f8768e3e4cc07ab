import type { Translation } from '../../../language/message.js';
import type { english } from '../en/index.js';
import { account } from './account.js';
import { conversation } from './conversation.js';
import { factors } from './factors.js';
import { layout } from './layout.js';
import { session } from './session.js';
import { wallet } from './wallet.js';

/** The German texts of the chat page. */
export const german: Translation<typeof english> = {
  ...session,
  ...layout,
  ...conversation,
  ...account,
  ...factors,
  ...wallet,
};
