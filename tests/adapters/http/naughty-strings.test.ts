import { chosenSeed } from '../../seed.js';
import { describeNaughtyStrings } from './naughty-strings.js';

describeNaughtyStrings({ step: 6, from: chosenSeed() });
