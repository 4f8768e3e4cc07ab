import { afterAll, beforeAll, describe } from 'vitest';
import { openEngine, type Engine, type EngineName } from './engines.js';
import { accountMailsSuite } from './suites/account-mails.js';
import { adminActionsSuite } from './suites/admin-actions.js';
import { adminListsSuite } from './suites/admin-lists.js';
import { adminReportsSuite } from './suites/admin-reports.js';
import { adminCsvSuite } from './suites/admin-csv.js';
import { allowancesSuite } from './suites/allowances.js';
import { auditLogSuite } from './suites/audit-log.js';
import { authenticationSuite } from './suites/authentication.js';
import { bodiesSuite } from './suites/bodies.js';
import { capsSuite } from './suites/caps.js';
import { chatSuite } from './suites/chat.js';
import { clientDisconnectsSuite } from './suites/client-disconnects.js';
import { completionErrorsSuite } from './suites/completion-errors.js';
import { completionFeaturesSuite } from './suites/completion-features.js';
import { completionsSuite } from './suites/completions.js';
import { attachmentsSuite } from './suites/attachments.js';
import { branchesSuite } from './suites/branches.js';
import { conversationsSuite } from './suites/conversations.js';
import { conversationSettingsSuite } from './suites/conversation-settings.js';
import { cookiesSuite } from './suites/cookies.js';
import { costTableSuite } from './suites/cost-table.js';
import { countTokensSuite } from './suites/count-tokens.js';
import { creditUnitSuite } from './suites/credit-unit.js';
import { crossOriginSuite } from './suites/cross-origin.js';
import { endedAccountsSuite } from './suites/ended-accounts.js';
import { declaredProblemsSuite } from './suites/declared-problems.js';
import { emailChangesSuite } from './suites/email-changes.js';
import { everyRouteSuite } from './suites/every-route.js';
import { firstAdminSuite } from './suites/first-admin.js';
import { healthSuite } from './suites/health.js';
import { hostileAttachmentsSuite } from './suites/hostile-attachments.js';
import { hostileSequencesSuite } from './suites/hostile-sequences.js';
import { identitiesSuite } from './suites/identities.js';
import { idempotencySuite } from './suites/idempotency.js';
import { itemReferencesSuite } from './suites/item-references.js';
import { keyModelsSuite } from './suites/key-models.js';
import { keysSuite } from './suites/keys.js';
import { holdRenewalSuite } from './suites/hold-renewal.js';
import { listQueriesSuite } from './suites/list-queries.js';
import { lotsSuite } from './suites/lots.js';
import { listsSuite } from './suites/lists.js';
import { messageErrorsSuite } from './suites/message-errors.js';
import { messagesSuite } from './suites/messages.js';
import { meteringSuite } from './suites/metering.js';
import { meSuite } from './suites/me.js';
import { originalRoutesSuite } from './suites/original-routes.js';
import { pagesSuite } from './suites/pages.js';
import { providerFailuresSuite } from './suites/provider-failures.js';
import { providerTableSuite } from './suites/provider-table.js';
import { quietStreamsSuite } from './suites/quiet-streams.js';
import { factorProblemsSuite } from './suites/factor-problems.js';
import { passkeysAtLoginSuite } from './suites/passkeys-at-login.js';
import { providerProofsSuite } from './suites/provider-proofs.js';
import { unrevealedAccountsSuite } from './suites/unrevealed-accounts.js';
import { recentProofSuite } from './suites/recent-proof.js';
import { registerSuite } from './suites/register.js';
import { finalStateSuite } from './suites/final-state.js';
import { responsesSuite } from './suites/responses.js';
import { runningRepliesSuite } from './suites/running-replies.js';
import { secondFactorsSuite } from './suites/second-factors.js';
import { serviceKeysSuite } from './suites/service-keys.js';
import { statementsSuite } from './suites/statements.js';
import { ordersSuite } from './suites/orders.js';
import { webhooksSuite } from './suites/webhooks.js';
import { uiChatSuite } from './suites/ui-chat.js';
import { vouchersSuite } from './suites/vouchers.js';
import { sessionsSuite } from './suites/sessions.js';
import { signInSuite } from './suites/sign-in.js';
import { streamingSuite } from './suites/streaming.js';

/** Gives the open engine to the tests of a suite, which run once it is there. */
export type OpenedEngine = () => Engine;

const suites = [
  originalRoutesSuite,
  everyRouteSuite,
  bodiesSuite,
  authenticationSuite,
  registerSuite,
  signInSuite,
  sessionsSuite,
  cookiesSuite,
  keysSuite,
  keyModelsSuite,
  secondFactorsSuite,
  factorProblemsSuite,
  recentProofSuite,
  providerProofsSuite,
  passkeysAtLoginSuite,
  unrevealedAccountsSuite,
  serviceKeysSuite,
  ordersSuite,
  lotsSuite,
  allowancesSuite,
  capsSuite,
  meteringSuite,
  auditLogSuite,
  meSuite,
  accountMailsSuite,
  emailChangesSuite,
  pagesSuite,
  chatSuite,
  idempotencySuite,
  identitiesSuite,
  providerFailuresSuite,
  providerTableSuite,
  clientDisconnectsSuite,
  quietStreamsSuite,
  streamingSuite,
  runningRepliesSuite,
  costTableSuite,
  completionsSuite,
  completionFeaturesSuite,
  responsesSuite,
  itemReferencesSuite,
  completionErrorsSuite,
  messagesSuite,
  messageErrorsSuite,
  countTokensSuite,
  conversationsSuite,
  branchesSuite,
  conversationSettingsSuite,
  attachmentsSuite,
  hostileAttachmentsSuite,
  hostileSequencesSuite,
  holdRenewalSuite,
  endedAccountsSuite,
  listsSuite,
  listQueriesSuite,
  adminListsSuite,
  adminCsvSuite,
  creditUnitSuite,
  adminActionsSuite,
  adminReportsSuite,
  // After the reports, whose sums end at 2^53 − 1.
  uiChatSuite,
  vouchersSuite,
  statementsSuite,
  webhooksSuite,
  firstAdminSuite,
  crossOriginSuite,
  healthSuite,
  // Last: they check what the others have left.
  finalStateSuite,
  declaredProblemsSuite,
];

/** Runs the suites of the API, or those chosen, over one engine. */
export function describeApi(name: EngineName, chosen = suites): void {
  describe(`the API on the ${name} engine`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await openEngine(name);
    });
    afterAll(() => engine.close());
    for (const suite of chosen) {
      // What is behind the models is the same everywhere; here it is the two engines that matter.
      if (name === 'memory' && suite === providerTableSuite) continue;
      if (name !== 'memory' && suite === declaredProblemsSuite) continue;
      suite(() => engine);
    }
  });
}
