import type { Context } from 'hono';
import { openAiError, openAiHeaders, openAiStatus } from '../openai/openai-error.js';
import { problemDocument, type Problem } from './problem.js';

/** Answers that nothing is at the path. */
export function sendNotFound(c: Context): Response {
  return sendProblem(c, { status: 404, code: 'not_found', detail: 'There is nothing at this path.' });
}

/** Answers with a problem document, or with OpenAI's error on the paths that are like OpenAI's. */
export function sendProblem(c: Context, problem: Problem): Response {
  if (/^\/v1(\/|$)/.test(c.req.path)) {
    return c.body(JSON.stringify(openAiError(problem)), openAiStatus(problem), {
      ...problem.headers,
      ...openAiHeaders(problem),
      'Content-Type': 'application/json',
    });
  }
  const body = JSON.stringify(problemDocument(problem));
  return c.body(body, problem.status, { ...problem.headers, 'Content-Type': 'application/problem+json' });
}
