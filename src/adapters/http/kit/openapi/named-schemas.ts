import { login, newAccountResponse } from '../../account/account-routes.js';
import { auditResponse, statisticsResponse } from '../../admin/admin-reports-routes.js';
import {
  namedEntryResponse,
  namedEventResponse,
  namedExchangeResponse,
} from '../../admin/admin-records-routes.js';
import { accountChange, adjustment, listedUserResponse } from '../../admin/admin-users-routes.js';
import { messageResponse } from '../response-fields.js';
import { conversationResponse } from '../../chat/conversations.js';
import { exchangeResponse } from '../../chat/history.js';
import { modelResponse } from '../../chat/models.js';
import { sendBody, sentMessageResponse } from '../../chat/send.js';
import { completionMessages } from '../../openai/completion-messages.js';
import { completionBody } from '../../openai/completion-request.js';
import { listedModelResponse } from '../../openai/models.js';
import { completionTools } from '../../openai/completion-tools.js';
import { balanceResponse, entryResponse } from '../../account/ledger-routes.js';
import { exportResponse, profile, userResponse } from '../../account/me-routes.js';
import { registration } from '../../account/new-account-fields.js';
import { openAiErrorResponse } from '../../openai/openai-error.js';
import {
  chunkResponse,
  completionResponse,
  completionUsageResponse,
} from '../../openai/completion-response.js';
import { eventResponse } from '../../admin/present-event.js';
import { problemResponse } from '../problem.js';
import { openedSessionResponse } from '../../account/session-cookies.js';
import { sessionResponse } from '../../account/session-routes.js';
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
  MessageToSend: sendBody,
  SentMessage: sentMessageResponse,
  Delta: deltaResponse,
  Exchange: exchangeResponse,
  Conversation: conversationResponse,
  Model: modelResponse,
  Balance: balanceResponse,
  Entry: entryResponse,
  AuditEvent: eventResponse,
  CompletionRequest: completionBody,
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
