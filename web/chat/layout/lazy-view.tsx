import { useEffect, useState, type ComponentType } from 'react';
import { unreachable } from '../../api/problem.js';
import { text } from '../texts/texts.js';
import { ProblemNotice } from '../form/notice.js';

/** Returns a view whose script is loaded when it is first shown. */
export function lazyView<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function LazyView(props: Props) {
    const [hasFailed, setHasFailed] = useState(false);
    const [View, setView] = useState(() => loaded);
    useEffect(() => {
      if (loaded !== null) return;
      load().then(
        (module) => {
          loaded = module.default;
          setView(() => loaded);
        },
        () => {
          setHasFailed(true);
        },
      );
    }, []);
    if (View !== null) return <View {...props} />;
    return (
      <div className="scroll">
        <div className="column">
          {hasFailed ? <LoadFailure /> : <p className="quiet">{text('form.loading')}</p>}
        </div>
      </div>
    );
  };
}

/** A browser does not load a script again that it failed to load, and after an update it has another name. */
function LoadFailure() {
  return (
    <ProblemNotice problem={unreachable()}>
      <button
        type="button"
        className="button small"
        onClick={() => {
          location.reload();
        }}
      >
        {text('lazy.reload')}
      </button>
    </ProblemNotice>
  );
}
