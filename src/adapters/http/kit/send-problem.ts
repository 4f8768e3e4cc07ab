import type { Context } from 'hono';
import type { HttpEnvironment } from './context.js';
import { anthropicError } from '../anthropic/anthropic-error.js';
import { openAiError, openAiHeaders, openAiStatus, parameterNames } from '../openai/openai-error.js';
import { errorFormatOf } from './error-format.js';
import { problemDocument, type Problem } from './problem.js';

/** Responds with 404 for an unknown path. */
export function sendNotFound(c: Context<HttpEnvironment>): Response {
  return sendProblem(c, { status: 404, code: 'not_found', detail: 'There is nothing at this path.' });
}

/** Responds with a problem document, or below `/v1/` with an error in the format of OpenAI's or Anthropic's API. */
export function sendProblem(c: Context<HttpEnvironment>, problem: Problem): Response {
  const format = errorFormatOf(c);
  if (format === 'problem') {
    const body = JSON.stringify(problemDocument(problem));
    return c.body(body, problem.status, {
      ...problem.headers,
      'Content-Type': 'application/problem+json',
    });
  }
  const requestId: string = c.get('requestId');
  const error =
    format === 'anthropic'
      ? anthropicError(problem, requestId)
      : openAiError(problem, parameterNames(c.req.path));
  return c.body(JSON.stringify(error), openAiStatus(problem), {
    ...problem.headers,
    ...openAiHeaders(problem),
    'Content-Type': 'application/json',
  });
}
