import * as apiKeys from './account/api-keys.js';
import { adminRoutes } from './admin/routes.js';
import { chatRoutes } from './chat/routes.js';
import type { Route } from './kit/define-route.js';
import { openAiRoutes } from './openai/routes.js';
import * as health from './operations/health.js';
import * as metrics from './operations/metrics.js';
import { openApiRoute } from './operations/openapi.js';

/** Every route of the API. */
export const apiRoutes: readonly Route[] = [
  apiKeys.createKey,
  apiKeys.listKeys,
  apiKeys.removeKey,
  ...chatRoutes,
  ...openAiRoutes,
  ...adminRoutes,
  health.isLive,
  health.isReady,
  metrics.readMetrics,
  openApiRoute(() => apiRoutes),
];
