import { accountRoutes } from './account/routes.js';
import { anthropicRoutes } from './anthropic/routes.js';
import { adminRoutes } from './admin/routes.js';
import { chatRoutes } from './chat/routes.js';
import { identityRoutes } from './identities/routes.js';
import type { Route } from './kit/define-route.js';
import { orderRoutes } from './orders/routes.js';
import { openAiRoutes } from './openai/routes.js';
import { operationsRoutes } from './operations/routes.js';
import { responseRoutes } from './responses/routes.js';
import { uiChatRoutes } from './ui-chat/routes.js';
import { demoCheckoutRoutes } from './payments/demo-checkout.js';

/** Every route of the API. */
export const apiRoutes: readonly Route[] = [
  ...accountRoutes,
  ...identityRoutes,
  ...chatRoutes,
  ...uiChatRoutes,
  ...orderRoutes,
  ...openAiRoutes,
  ...responseRoutes,
  ...anthropicRoutes,
  ...adminRoutes,
  ...demoCheckoutRoutes,
  ...operationsRoutes(() => apiRoutes),
];
