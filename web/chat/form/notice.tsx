import { useEffect, useState, type ReactNode } from 'react';
import type { Problem } from '../../api/problem.js';
import { errorMessage, retryMessage } from '../../api/error-messages.js';

/** The seconds until the request may be tried again, counted down; 0 if it may be now. */
export function useCountdown(problem: Problem | null): number {
  const [left, setLeft] = useState(problem?.retryAfterSeconds ?? 0);
  useEffect(() => {
    const endsAt = Date.now() + (problem?.retryAfterSeconds ?? 0) * 1000;
    const count = () => {
      setLeft(Math.max(0, Math.ceil((endsAt - Date.now()) / 1000)));
    };
    count();
    const timer = setInterval(count, 500);
    return () => {
      clearInterval(timer);
    };
  }, [problem]);
  return left;
}

/** The message of a problem, and when to try again. `children` are the actions for it. */
export function ProblemNotice({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const left = useCountdown(problem);
  return (
    <div className="notice bad">
      <p role="alert">{errorMessage(problem)}</p>
      {left > 0 && <p className="countdown">{retryMessage(left)}</p>}
      {children}
    </div>
  );
}

/** A message that is not an error. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className="notice" role="status">
      {children}
    </div>
  );
}
