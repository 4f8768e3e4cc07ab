import { describeNaughtyStrings } from './naughty-strings.js';

describeNaughtyStrings({ step: 1, from: 0 });
