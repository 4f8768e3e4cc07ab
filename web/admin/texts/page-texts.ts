import { createElement, Fragment, type ReactElement, type ReactNode } from 'react';
import { createTexts } from '../../language/create-texts.js';
import type { ValuesOf } from '../../language/message.js';
import { english as first } from './en/index.js';
import { english as pages } from './en/pages.js';

const english = { ...first, ...pages } as const;
type English = typeof english;

/** The texts of the pages that are loaded when they are opened, and those of the first ones. */
export const { message, text, textParts, ready } = createTexts(english, {
  de: async () => {
    const [firstTexts, pageTexts] = await Promise.all([import('./de/index.js'), import('./de/pages.js')]);
    return { ...firstTexts.german, ...pageTexts.german };
  },
});
// A page is shown once it can be read.
await ready;

/** Returns a text whose values are elements of the page. */
export function richText<Key extends keyof English>(
  key: Key,
  values: ValuesOf<English[Key], ReactNode>[0],
): ReactElement {
  return createElement(Fragment, null, ...textParts<Key, ReactNode>(key, ...([values] as never)));
}
