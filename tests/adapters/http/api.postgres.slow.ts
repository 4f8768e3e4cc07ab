import { describeApi } from './api-suites.js';

describeApi('postgres');
