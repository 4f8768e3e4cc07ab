import { finalStateSuite } from './suites/final-state.js';
import { chatSuite } from './suites/chat.js';
import { idempotencySuite } from './suites/idempotency.js';
import { originalRoutesSuite } from './suites/original-routes.js';

/** What is looked at on every engine in every run; the slow tests run all suites on all. */
export const sampleSuites = [originalRoutesSuite, chatSuite, idempotencySuite, finalStateSuite];
