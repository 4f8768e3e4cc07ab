import { describeApi } from './api-suites.js';
import { messageErrorsSuite } from './suites/message-errors.js';
describeApi('memory', [messageErrorsSuite]);
