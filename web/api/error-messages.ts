import { englishErrors } from '../language/common-texts/errors-en.js';
import { errorText, commonText } from '../language/common-texts/texts.js';
import { creditAmount, creditNumber } from './credits.js';
import type { Problem } from './problem.js';
import { capReachedText } from './wallet-texts.js';

type Code = keyof typeof englishErrors;

/** The error codes whose messages have values of the problem. */
const messages: Partial<Record<string, (problem: Problem) => string>> = {
  unsupported_parameter: ({ document }) => {
    const reason = document.errors?.['attachments']?.[0];
    return reason === undefined ? errorText('unsupported_parameter') : errorText('chooseAnother', { reason });
  },
  insufficient_tokens: ({ document }) =>
    errorText('insufficient_tokens', {
      required: creditAmount(document.required_tokens ?? 0),
      remaining: creditNumber(document.remaining_tokens ?? 0),
    }),
  cap_reached: ({ document }) => capReachedText(document),
  debt_outstanding: ({ document }) =>
    errorText('debt_outstanding', { debt: creditAmount(document.debt ?? 0) }),
  internal_error: (problem) => withRequestId(errorText('internal_error'), problem),
};

/** The message of a problem; by its status if its code is unknown here. */
export function errorMessage(problem: Problem): string {
  const { code, status } = problem;
  const message = Object.hasOwn(messages, code) ? messages[code] : undefined;
  if (message !== undefined) return message(problem);
  if (isPlainCode(code)) return errorText(code);
  if (status >= 500) return withRequestId(errorText('serverFailed'), problem);
  return errorText('rejected', { status: String(status) });
}

type PlainCode = Exclude<
  Code,
  'insufficient_tokens' | 'debt_outstanding' | 'chooseAnother' | 'requestId' | 'rejected'
>;

function isPlainCode(code: string): code is PlainCode {
  return Object.hasOwn(englishErrors, code);
}

function withRequestId(text: string, { document: { request_id: id } }: Problem): string {
  return id === undefined ? text : `${text} ${errorText('requestId', { id })}`;
}

/** When to try again. */
export function retryMessage(seconds: number): string {
  if (seconds > 90) return commonText('retry.minutes', { count: Math.ceil(seconds / 60) });
  return commonText('retry.seconds', { count: seconds });
}
