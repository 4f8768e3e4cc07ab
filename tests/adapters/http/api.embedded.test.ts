import { describeApi } from './api-suites.js';
import { restSuite } from './suites/at-rest.js';
import { chatSuite } from './suites/chat.js';
import { originalRoutesSuite } from './suites/original-routes.js';

// The others are run by the slow tests: the SQL is the one that PostgreSQL has run here.
describeApi('embedded', [originalRoutesSuite, chatSuite, restSuite]);
