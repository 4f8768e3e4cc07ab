import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { setCreditUnit } from '../api/credits.js';
import { api } from './api/api.js';
import { toProblem, type Problem } from '../api/problem.js';
import { ProblemNotice, useCountdown } from './form/notice.js';
import { createAppState, AppStateContext, type AppState } from './layout/app-state.js';
import { navigate, parseRoute } from './layout/route.js';
import { Shell } from './layout/shell.js';
import { onStoredSessionChange, readStoredSession } from '../api/stored-session.js';
import { useLanguage } from '../language/use-language.js';
import { text } from './texts/texts.js';
import { SignedOutView } from './session/signed-out-view.js';

/** The chat page, or the sign-in page without a session. All tabs of a browser share one session. */
export function App() {
  const language = useLanguage();
  const session = useSyncExternalStore(onStoredSessionChange, () => readStoredSession()?.session ?? null);
  const [hasEnded, setHasEnded] = useState(false);
  const last = useRef(session);
  const isLeaving = useRef(false);
  useEffect(() => {
    if (last.current !== null && session === null) {
      setHasEnded(!isLeaving.current);
      if (isLeaving.current) navigate({ name: 'sign-in' }, { replace: true });
    }
    if (session !== null) {
      setHasEnded(false);
      if (['sign-in', 'sign-up', 'forgotten'].includes(parseRoute(location.hash).name))
        navigate({ name: 'new' }, { replace: true });
    }
    isLeaving.current = false;
    last.current = session;
  }, [session]);
  if (session === null) return <SignedOutView key={language} hasEnded={hasEnded} />;
  const leave = () => {
    isLeaving.current = true;
  };
  return <SignedIn key={session} onLeave={leave} />;
}

/** Begins to read the conversation of the address. */
function firstConversation() {
  const route = parseRoute(location.hash);
  if (route.name !== 'conversation') return null;
  const page = api.conversation(route.id, null);
  // Its failure is shown where it is awaited; the account may fail before that.
  page.catch(() => undefined);
  return { id: route.id, page };
}

function SignedIn({ onLeave }: { onLeave: () => void }) {
  const language = useLanguage();
  const [appState, setDesk] = useState<AppState | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempts, setAttempts] = useState(0);
  useEffect(() => {
    let isUnmounted = false;
    const load = async () => {
      try {
        const first = firstConversation();
        const [account, models] = await Promise.all([api.account(), api.models()]);
        setCreditUnit(account.unit);
        if (!isUnmounted) setDesk(createAppState(account, models, first));
      } catch (error) {
        if (!isUnmounted) setProblem(toProblem(error));
      }
    };
    void load();
    return () => {
      isUnmounted = true;
    };
  }, [attempts]);
  const left = useCountdown(problem);
  if (appState !== null)
    return (
      <AppStateContext value={appState}>
        <Shell key={language} onLeave={onLeave} />
      </AppStateContext>
    );
  return (
    <main className="welcome">
      {problem === null ? (
        <p className="quiet">{text('form.loading')}</p>
      ) : (
        <ProblemNotice problem={problem}>
          <button
            type="button"
            className="button"
            disabled={left > 0}
            onClick={() => {
              setProblem(null);
              setAttempts(attempts + 1);
            }}
          >
            {text('form.tryAgain')}
          </button>
        </ProblemNotice>
      )}
    </main>
  );
}
