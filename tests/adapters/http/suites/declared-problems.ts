import { describe, expect, test } from 'vitest';
import { presentedCodes } from '../../../../src/adapters/http/kit/openapi/problem-responses.js';
import { apiRoutes } from '../../../../src/adapters/http/routes.js';
import { observedProblems } from '../documented-responses.js';

/** Problems that the suites of the API do not provoke. `metrics-access.test.ts` provokes that of the metrics. */
const provokedElsewhere: readonly string[] = ['readMetrics unauthenticated'];

/** Every problem that a route declares occurs in a suite that ran before; `checkedApp` fails for every other problem. */
export function declaredProblemsSuite(): void {
  describe('the problems that a route declares', () => {
    test('are the problems that it returns', () => {
      const missing = apiRoutes.flatMap((route) =>
        (route.problems ?? [])
          .flatMap((code) => presentedCodes(code, route))
          .map((code) => `${route.id} ${code}`)
          .filter((problem) => !observedProblems.has(problem) && !provokedElsewhere.includes(problem)),
      );
      expect(missing).toEqual([]);
    });
  });
}
