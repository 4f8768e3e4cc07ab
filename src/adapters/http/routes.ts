import * as apiKeys from './account/api-keys.js';
import { chatRoutes } from './chat/routes.js';
import type { Route } from './kit/define-route.js';
import { openAiRoutes } from './openai/routes.js';
import { openApiRoute } from './operations/openapi.js';

/** Every route of the API. */
export const apiRoutes: readonly Route[] = [
  apiKeys.createKey,
  apiKeys.listKeys,
  apiKeys.removeKey,
  ...chatRoutes,
  ...openAiRoutes,
  openApiRoute(() => apiRoutes),
];
