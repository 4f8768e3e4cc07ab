import { createLowlight } from 'lowlight';
import type { Root } from 'hast';
import { languageNames, languages } from './languages.js';

const lowlight = createLowlight();

/** Loads a language. Returns what highlights its code; null if it is not known. */
export async function loadHighlighter(language: string): Promise<((code: string) => Root) | null> {
  const names = languageNames(language);
  const [name] = names;
  if (name === undefined) return null;
  await Promise.all(
    names.map(async (each) => {
      if (lowlight.registered(each)) return;
      const module = await languages[each]?.();
      if (module !== undefined) lowlight.register(each, module.default);
    }),
  );
  return (code) => lowlight.highlight(name, code);
}
