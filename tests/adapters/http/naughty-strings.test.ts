import { chosenSeed } from '../../chosen-seed.js';
import { describeNaughtyStrings } from './naughty-strings.js';

describeNaughtyStrings({ step: 6, from: chosenSeed() });
