import type { Route } from '../kit/define-route.js';
import { sendUiMessage } from './send-ui-message.js';

export const uiChatRoutes: readonly Route[] = [sendUiMessage];
