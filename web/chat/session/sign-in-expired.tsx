import { Problem } from '../../api/problem.js';
import { ProblemNotice } from '../form/notice.js';
import { text } from '../texts/texts.js';

const expired = new Problem(401, { code: 'challenge_expired' });

/** Says that a sign-in cannot go on, and leads back to its first step. */
export function SignInExpired({ onBack }: { onBack: () => void }) {
  return (
    <ProblemNotice problem={expired}>
      <button type="button" className="button small" autoFocus onClick={onBack}>
        {text('signIn.again')}
      </button>
    </ProblemNotice>
  );
}
