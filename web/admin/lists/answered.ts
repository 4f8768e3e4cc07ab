import { notSignedIn } from '../api/problem.js';

/**
 * What was really answered. Where a session turns out to be over, react-admin leads to the sign-in page and puts
 * `{data: {}}` in place of the answer: nothing has been done then, and nothing may be said to be.
 */
export function answered<TestResponse>(response: TestResponse): TestResponse {
  const { data } = (response ?? {}) as { data?: object };
  if (data !== undefined && Object.keys(data).length === 0) throw notSignedIn();
  return response;
}
