import { login, newAccountResponse } from '../account-routes.js';
import { auditResponse, statisticsResponse } from '../admin-reports-routes.js';
import { namedEntryResponse, namedEventResponse, namedExchangeResponse } from '../admin-records-routes.js';
import { accountChange, adjustment, listedUserResponse } from '../admin-users-routes.js';
import { messageResponse } from '../answer-fields.js';
import { chat } from '../chat-routes.js';
import { completionMessages } from '../completion-messages.js';
import { completion } from '../completion-request.js';
import { listedModelResponse } from '../completion-routes.js';
import { completionTools } from '../completion-tools.js';
import { createdKeyResponse, keyResponse, newKey } from '../key-routes.js';
import { balanceResponse, entryResponse } from '../ledger-routes.js';
import { exportResponse, profile, userResponse } from '../me-routes.js';
import { registration } from '../new-account-fields.js';
import { openAiErrorResponse } from '../openai-error.js';
import { conversationResponse, exchangeResponse, modelResponse, sentMessageResponse } from '../present-chat.js';
import { chunkResponse, completionResponse, completionUsageResponse } from '../present-completion.js';
import { eventResponse } from '../present-event.js';
import { problemResponse } from '../problem.js';
import { openedSessionResponse } from '../session-cookies.js';
import { sessionResponse } from '../session-routes.js';
import { deltaResponse } from './chat-operations.js';

/** The schemas that stand under a name of their own in the document, and so in clients that are made from it. */
export const namedSchemas = {
  Problem: problemResponse,
  OpenAiError: openAiErrorResponse,
  Registration: registration,
  Login: login,
  NewAccount: newAccountResponse,
  OpenedSession: openedSessionResponse,
  Message: messageResponse,
  User: userResponse,
  ProfileChange: profile,
  AccountExport: exportResponse,
  Session: sessionResponse,
  NewKey: newKey,
  CreatedKey: createdKeyResponse,
  Key: keyResponse,
  MessageToSend: chat,
  SentMessage: sentMessageResponse,
  Delta: deltaResponse,
  Exchange: exchangeResponse,
  Conversation: conversationResponse,
  Model: modelResponse,
  Balance: balanceResponse,
  Entry: entryResponse,
  AuditEvent: eventResponse,
  CompletionRequest: completion,
  CompletionMessages: completionMessages,
  CompletionTools: completionTools,
  Completion: completionResponse,
  CompletionChunk: chunkResponse,
  CompletionUsage: completionUsageResponse,
  CompletionModel: listedModelResponse,
  ListedUser: listedUserResponse,
  AccountChange: accountChange,
  Adjustment: adjustment,
  NamedExchange: namedExchangeResponse,
  NamedEntry: namedEntryResponse,
  NamedAuditEvent: namedEventResponse,
  Statistics: statisticsResponse,
  LedgerAudit: auditResponse,
};
