import type { Route } from '../kit/define-route.js';
import {
  eraseConversation,
  listConversations,
  readConversation,
  renameConversation,
} from './conversations.js';
import { listExchanges } from './history.js';
import { listModels } from './models.js';
import { sendMessage } from './send.js';

export const chatRoutes: readonly Route[] = [
  sendMessage,
  listExchanges,
  listModels,
  listConversations,
  readConversation,
  renameConversation,
  eraseConversation,
];
