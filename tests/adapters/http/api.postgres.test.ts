import { sampleSuites } from './api-suites-sample.js';
import { describeApi } from './api-suites.js';

describeApi('postgres', sampleSuites);
