import katex from 'katex';
import 'katex/dist/katex.min.css';

/** A longer formula would take longer than people wait for it. */
const maxLength = 5000;

/** Returns an element that no markup made, so that the security policy of the page applies to it; null if the formula is wrong. */
export type TypesetFormula = (tex: string, isDisplayed: boolean) => HTMLElement | null;

export const typesetFormula: TypesetFormula = (tex, isDisplayed) => {
  if (tex.length > maxLength) return null;
  const element = document.createElement('span');
  try {
    katex.render(tex, element, {
      displayMode: isDisplayed,
      throwOnError: true,
      strict: 'ignore',
      // No links, images, classes, identifiers or styles.
      trust: false,
      errorColor: 'currentcolor',
      maxSize: 20,
      maxExpand: 500,
      macros: {
        // Their own versions write style attributes, which the security policy forbids.
        '\\pmb': '\\boldsymbol{#1}',
        '\\fcolorbox': '\\fbox{\\textcolor{#1}{}\\colorbox{#2}{#3}}',
      },
    });
    return element;
  } catch {
    // Also if it is nested more deeply than the stack allows.
    return null;
  }
};
