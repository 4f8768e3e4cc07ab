import { lazy, Suspense, useSyncExternalStore } from 'react';
import { endedSessionOf, onSessionEnd } from './ended-session.js';

const SignInDialog = lazy(() => import('./sign-in-dialog.js'));

/** Asks to sign in again above the page, which keeps what was typed, once the session has ended elsewhere. */
export function SessionEndedDialog() {
  const username = useSyncExternalStore(onSessionEnd, endedSessionOf);
  if (username === null) return null;
  return (
    <Suspense fallback={null}>
      <SignInDialog formerName={username} />
    </Suspense>
  );
}
