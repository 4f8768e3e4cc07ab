import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { api } from './api/api.js';
import { asProblem, type Problem } from './api/problem.js';
import { ProblemNotice, useCountdown } from './form/notice.js';
import { createDesk, DeskContext, type Desk } from './layout/desk.js';
import { go, routeOf } from './layout/route.js';
import { Shell } from './layout/shell.js';
import { onMarkChange, readMark } from './session/session-mark.js';
import { Welcome } from './session/welcome.js';

/** The page: who is not signed in is asked to, everybody else chats. All tabs of a browser are one session. */
export function App() {
  const session = useSyncExternalStore(onMarkChange, () => readMark()?.session ?? null);
  const [hasEnded, setHasEnded] = useState(false);
  const last = useRef(session);
  const isLeaving = useRef(false);
  useEffect(() => {
    if (last.current !== null && session === null) {
      setHasEnded(!isLeaving.current);
      if (isLeaving.current) go({ name: 'sign-in' }, { replace: true });
    }
    if (session !== null) {
      setHasEnded(false);
      if (['sign-in', 'sign-up', 'forgotten'].includes(routeOf(location.hash).name))
        go({ name: 'new' }, { replace: true });
    }
    isLeaving.current = false;
    last.current = session;
  }, [session]);
  if (session === null) return <Welcome hasEnded={hasEnded} />;
  const leave = () => {
    isLeaving.current = true;
  };
  return <SignedIn key={session} onLeave={leave} />;
}

function SignedIn({ onLeave }: { onLeave: () => void }) {
  const [desk, setDesk] = useState<Desk | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isGone = false;
    const load = async () => {
      try {
        const [account, models] = await Promise.all([api.account(), api.models()]);
        if (!isGone) setDesk(createDesk(account, models));
      } catch (error) {
        if (!isGone) setProblem(asProblem(error));
      }
    };
    void load();
    return () => {
      isGone = true;
    };
  }, [tries]);
  const left = useCountdown(problem);
  if (desk !== null)
    return (
      <DeskContext value={desk}>
        <Shell onLeave={onLeave} />
      </DeskContext>
    );
  return (
    <main className="welcome">
      {problem === null ? (
        <p className="quiet">Loading …</p>
      ) : (
        <ProblemNotice problem={problem}>
          <button
            type="button"
            className="button"
            disabled={left > 0}
            onClick={() => {
              setProblem(null);
              setTries(tries + 1);
            }}
          >
            Try again
          </button>
        </ProblemNotice>
      )}
    </main>
  );
}
