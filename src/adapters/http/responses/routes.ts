import type { Route } from '../kit/define-route.js';
import { createResponse } from './create-response.js';

export const responseRoutes: readonly Route[] = [createResponse];
