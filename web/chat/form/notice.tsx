import { useEffect, useState, type ReactNode } from 'react';
import type { Problem } from '../api/problem.js';
import { wordsOf } from '../api/words.js';

/** Seconds until `problem` is worth another try, counted down; 0 when it is now. */
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

function waitWords(seconds: number): string {
  if (seconds > 90) return `Try again in ${Math.ceil(seconds / 60)} minutes.`;
  return `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
}

/** A problem in words, with the time until it is worth another try; `children` is what can be done about it. */
export function ProblemNotice({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const left = useCountdown(problem);
  return (
    <div className="notice bad">
      <p role="alert">{wordsOf(problem)}</p>
      {left > 0 && <p className="countdown">{waitWords(left)}</p>}
      {children}
    </div>
  );
}

/** Something that went well, or is good to know. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className="notice" role="status">
      {children}
    </div>
  );
}
