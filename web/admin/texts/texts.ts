import { createElement, Fragment, type ReactElement, type ReactNode } from 'react';
import { createTexts } from '../../language/create-texts.js';
import type { ValuesOf } from '../../language/message.js';
import { english } from './en/index.js';

type English = typeof english;

/** The texts of the administration. */
export const { message, text, textParts } = createTexts(english, {
  de: async () => (await import('./de/index.js')).german,
});

/** Returns a text whose values are elements of the page. */
export function richText<Key extends keyof English>(
  key: Key,
  values: ValuesOf<English[Key], ReactNode>[0],
): ReactElement {
  return createElement(Fragment, null, ...textParts<Key, ReactNode>(key, ...([values] as never)));
}
