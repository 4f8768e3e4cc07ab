import { createTexts } from '../create-texts.js';
import { english } from './en.js';
import { englishErrors } from './errors-en.js';
import { englishFields } from './fields-en.js';

/** The texts that the chat and the administration have in common. */
export const { text: commonText } = createTexts(english, {
  de: async () => (await import('./de.js')).german,
});

/** What the error codes mean. */
export const { text: errorText } = createTexts(englishErrors, {
  de: async () => (await import('./errors-de.js')).germanErrors,
});

/** What is wrong with the fields of a form. */
export const { message: fieldMessage } = createTexts(englishFields, {
  de: async () => (await import('./fields-de.js')).germanFields,
});
