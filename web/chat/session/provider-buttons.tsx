import { beginSignIn } from '../../api/provider-sign-in.js';
import type { SignInOptions } from '../../api/api-objects.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { text } from '../texts/texts.js';

/** A button for each provider by which people can sign in. */
export function ProviderButtons({ providers }: Pick<SignInOptions, 'providers'>) {
  const { run, problem, isBusy } = useTask();
  if (providers.length === 0) return null;
  return (
    <div className="form">
      {providers.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => {
            run(() => beginSignIn(id, '/'));
          }}
        >
          {text('signIn.by', { provider: name })}
        </button>
      ))}
      {problem !== null && <ProblemNotice problem={problem} />}
    </div>
  );
}
