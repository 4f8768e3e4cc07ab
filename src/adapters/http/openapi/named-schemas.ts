import { login, newAccountAnswer } from '../account-routes.js';
import { auditAnswer, statisticsAnswer } from '../admin-reports-routes.js';
import { namedEntryAnswer, namedEventAnswer, namedExchangeAnswer } from '../admin-records-routes.js';
import { accountChange, adjustment, listedUserAnswer } from '../admin-users-routes.js';
import { messageAnswer } from '../answer-fields.js';
import { chat } from '../chat-routes.js';
import { completionMessages } from '../completion-messages.js';
import { completion } from '../completion-request.js';
import { listedModelAnswer } from '../completion-routes.js';
import { completionTools } from '../completion-tools.js';
import { createdKeyAnswer, keyAnswer, newKey } from '../key-routes.js';
import { balanceAnswer, entryAnswer } from '../ledger-routes.js';
import { exportAnswer, profile, userAnswer } from '../me-routes.js';
import { registration } from '../new-account-fields.js';
import { openAiErrorAnswer } from '../openai-error.js';
import { conversationAnswer, exchangeAnswer, modelAnswer, sentMessageAnswer } from '../present-chat.js';
import { chunkAnswer, completionAnswer, completionUsageAnswer } from '../present-completion.js';
import { eventAnswer } from '../present-event.js';
import { problemAnswer } from '../problem.js';
import { openedSessionAnswer } from '../session-cookies.js';
import { sessionAnswer } from '../session-routes.js';
import { deltaAnswer } from './chat-operations.js';

/** The schemas that stand under a name of their own in the document, and so in clients that are made from it. */
export const namedSchemas = {
  Problem: problemAnswer,
  OpenAiError: openAiErrorAnswer,
  Registration: registration,
  Login: login,
  NewAccount: newAccountAnswer,
  OpenedSession: openedSessionAnswer,
  Message: messageAnswer,
  User: userAnswer,
  ProfileChange: profile,
  AccountExport: exportAnswer,
  Session: sessionAnswer,
  NewKey: newKey,
  CreatedKey: createdKeyAnswer,
  Key: keyAnswer,
  MessageToSend: chat,
  SentMessage: sentMessageAnswer,
  Delta: deltaAnswer,
  Exchange: exchangeAnswer,
  Conversation: conversationAnswer,
  Model: modelAnswer,
  Balance: balanceAnswer,
  Entry: entryAnswer,
  AuditEvent: eventAnswer,
  CompletionRequest: completion,
  CompletionMessages: completionMessages,
  CompletionTools: completionTools,
  Completion: completionAnswer,
  CompletionChunk: chunkAnswer,
  CompletionUsage: completionUsageAnswer,
  CompletionModel: listedModelAnswer,
  ListedUser: listedUserAnswer,
  AccountChange: accountChange,
  Adjustment: adjustment,
  NamedExchange: namedExchangeAnswer,
  NamedEntry: namedEntryAnswer,
  NamedAuditEvent: namedEventAnswer,
  Statistics: statisticsAnswer,
  LedgerAudit: auditAnswer,
};
