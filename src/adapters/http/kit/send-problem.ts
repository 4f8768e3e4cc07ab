import type { Context } from 'hono';
import { openAiError, openAiHeaders, openAiStatus, parameterNames } from '../openai/openai-error.js';
import { problemDocument, type Problem } from './problem.js';

/** Responds with 404 for an unknown path. */
export function sendNotFound(c: Context): Response {
  return sendProblem(c, { status: 404, code: 'not_found', detail: 'There is nothing at this path.' });
}

/** Responds with a problem document, or with an error in OpenAI's format below `/v1/`. */
export function sendProblem(c: Context, problem: Problem): Response {
  if (/^\/v1(\/|$)/.test(c.req.path)) {
    return c.body(JSON.stringify(openAiError(problem, parameterNames(c.req.path))), openAiStatus(problem), {
      ...problem.headers,
      ...openAiHeaders(problem),
      'Content-Type': 'application/json',
    });
  }
  const body = JSON.stringify(problemDocument(problem));
  return c.body(body, problem.status, { ...problem.headers, 'Content-Type': 'application/problem+json' });
}
