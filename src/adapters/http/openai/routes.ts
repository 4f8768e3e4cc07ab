import type { Route } from '../kit/define-route.js';
import { createCompletion } from './completions.js';
import { listCompletionModels, readCompletionModel } from './models.js';

export const openAiRoutes: readonly Route[] = [createCompletion, listCompletionModels, readCompletionModel];
