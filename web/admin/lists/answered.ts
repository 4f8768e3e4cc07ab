import { notSignedIn } from '../api/problem.js';

/**
 * What was really answered. Where a session turns out to be over, react-admin leads to the sign-in page and puts
 * `{data: {}}` in place of the answer: nothing has been done then, and nothing may be said to be.
 */
export function answered<Answer>(answer: Answer): Answer {
  const { data } = (answer ?? {}) as { data?: object };
  if (data !== undefined && Object.keys(data).length === 0) throw notSignedIn();
  return answer;
}
