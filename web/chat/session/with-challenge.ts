import { challengeOf, type SignInChallenge } from '../../api/factor-sign-in.js';

export interface ChallengeHandler {
  /** Called if the sign-in goes on with a second factor. */
  onChallenge: (challenge: SignInChallenge) => void;
}

/** Waits for a sign-in, which succeeds also by going on with a second factor. */
export async function withChallenge(
  signIn: Promise<void>,
  onChallenge: ChallengeHandler['onChallenge'],
): Promise<void> {
  try {
    await signIn;
  } catch (error) {
    const challenge = challengeOf(error);
    if (challenge === null) throw error;
    onChallenge(challenge);
  }
}
