import { chosenSeed } from '../../process/seeded-random.js';
import { describeNaughtyStrings } from './naughty-strings.js';

describeNaughtyStrings({ step: 6, from: chosenSeed() });
