import type { Route } from '../kit/define-route.js';
import { downloadAttachment } from './attachments.js';
import {
  changeConversation,
  eraseConversation,
  listConversations,
  readConversation,
} from './conversations.js';
import { listExchanges } from './history.js';
import { listModels } from './models.js';
import { followReply, stopReply } from './running-reply.js';
import { sendMessage } from './send.js';

export const chatRoutes: readonly Route[] = [
  sendMessage,
  listExchanges,
  followReply,
  stopReply,
  downloadAttachment,
  listModels,
  listConversations,
  readConversation,
  changeConversation,
  eraseConversation,
];
