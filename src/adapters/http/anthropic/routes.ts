import type { Route } from '../kit/define-route.js';
import { countMessageTokens } from './count-tokens.js';
import { createMessage } from './messages.js';

export const anthropicRoutes: readonly Route[] = [createMessage, countMessageTokens];
