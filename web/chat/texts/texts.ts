import { createTexts } from '../../language/create-texts.js';
import { english } from './en/index.js';

/** The texts of the chat page. */
export const { text, textParts } = createTexts(english, {
  de: async () => (await import('./de/index.js')).german,
});
