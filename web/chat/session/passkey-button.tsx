import { hasPasskeys, signInByPasskey } from '../../api/passkeys.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { text } from '../texts/texts.js';

/** A button that signs in by a passkey, without a name; nothing if the browser has no passkeys. */
export function PasskeyButton() {
  const { run, problem, isBusy } = useTask();
  if (!hasPasskeys()) return null;
  return (
    <div className="form">
      <button
        type="button"
        className="button"
        disabled={isBusy}
        onClick={() => {
          run(signInByPasskey);
        }}
      >
        {text('signIn.byPasskey')}
      </button>
      {problem !== null && <ProblemNotice problem={problem} />}
    </div>
  );
}
