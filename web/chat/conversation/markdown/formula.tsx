import { startTransition, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { TypesetFormula } from './typeset-formula.js';
import { useFocusableOverflow } from './use-focusable-overflow.js';
import { text } from '../../texts/texts.js';

let typesetter: TypesetFormula | null = null;

/** Loads the script of formulas with the first one. Null until then, and if it cannot be loaded. */
function useTypesetter(): TypesetFormula | null {
  const [loaded, setLoaded] = useState<TypesetFormula | null>(() => typesetter);
  useEffect(() => {
    if (loaded !== null) return undefined;
    let isShown = true;
    void import('./typeset-formula.js').then(
      ({ typesetFormula }) => {
        typesetter = typesetFormula;
        if (isShown)
          startTransition(() => {
            setLoaded(() => typesetFormula);
          });
      },
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [loaded]);
  return loaded;
}

interface FormulaProps {
  tex: string;
  source: string;
  isDisplayed: boolean;
}

/** A formula of LaTeX; its source if it cannot be typeset. */
export function Formula({ tex, source, isDisplayed }: FormulaProps) {
  const typeset = useTypesetter();
  const element = useMemo(() => typeset?.(tex, isDisplayed) ?? null, [typeset, tex, isDisplayed]);
  const box = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (element !== null) box.current?.replaceChildren(element);
  }, [element]);
  useFocusableOverflow(box, element);
  const className = isDisplayed ? 'formula displayed' : 'formula';
  if (element === null)
    return (
      <span key="source" className={`${className} formula-source`} dir="ltr">
        {source}
      </span>
    );
  return isDisplayed ? (
    <span
      key="formula"
      ref={box}
      className={className}
      dir="ltr"
      role="group"
      aria-label={text('markdown.formula')}
    />
  ) : (
    <span key="formula" ref={box} className={className} dir="ltr" />
  );
}
