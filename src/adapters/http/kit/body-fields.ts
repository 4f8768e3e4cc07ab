import * as v from 'valibot';
import { maxKeyNameChars } from '../../../domain/auth/api-key.js';
import { maxPasswordChars, minPasswordChars } from '../../../domain/auth/password.js';
import { maxSystemPromptChars, maxTemperature, maxTitleChars } from '../../../domain/chat/conversation.js';
import { maxCredits } from '../../../domain/ledger/entry.js';
import { maxReasonChars } from '../../../domain/ledger/grant-credits.js';
import { maxPriority } from '../../../domain/metering/lot.js';
import { maxEmailChars, usernameRule } from '../../../domain/users/user.js';
import { maxBatchNameChars } from '../../../domain/vouchers/voucher.js';

/** Returns the schema of a body with these fields. Unknown fields are ignored. */
export function jsonObject<const Fields extends v.ObjectEntries>(fields: Fields) {
  return v.object(fields, 'Must be a JSON object.');
}

export const string = v.string('Must be a string.');
export const boolean = v.boolean('Must be true or false.');
export const uuid = v.pipe(string, v.uuid('Must be a UUID.'));

// The domain validates the fields below, and reports all errors at once. Here its rules are only documented. JSON Schema
// counts lengths in code points.

/** Contains a character that is not Unicode white space. */
const notBlank = '[^\\s\\u0085]';

export const username = documented(string, {
  minLength: usernameRule.minChars,
  maxLength: usernameRule.maxChars,
  pattern: usernameRule.pattern.source,
});
export const email = documented(string, { maxLength: maxEmailChars, format: 'idn-email' });
export const newPassword = documented(string, { minLength: minPasswordChars, maxLength: maxPasswordChars });
/** Whether API keys continue to work after a password change. */
export const keepKeys = v.optional(boolean, false);
export const title = documented(string, { minLength: 1, maxLength: maxTitleChars, pattern: notBlank });
export const systemPrompt = documented(string, {
  minLength: 1,
  maxLength: maxSystemPromptChars,
  pattern: notBlank,
});
export const temperature = documented(v.number('Must be a number.'), { minimum: 0, maximum: maxTemperature });
export const keyName = documented(string, { minLength: 1, maxLength: maxKeyNameChars, pattern: notBlank });
export const reason = documented(string, { minLength: 1, maxLength: maxReasonChars, pattern: notBlank });
export const amount = documented(v.number('Must be a number.'), {
  type: 'integer',
  minimum: -maxCredits,
  maximum: maxCredits,
  not: { const: 0 },
});

/** What vouchers are for. */
export const batchName = documented(string, {
  minLength: 1,
  maxLength: maxBatchNameChars,
  pattern: notBlank,
});
export const voucherCode = documented(string, { minLength: 1, pattern: notBlank });
/** The address of a webhook endpoint. */
export const webhookUrl = documented(string, { format: 'uri', maxLength: 2048 });

/** Money in the smallest unit of a currency, at least 1. */
export const moneyAmount = documented(v.number('Must be a number.'), {
  type: 'integer',
  minimum: 1,
  maximum: maxCredits,
});

/** Credits, 1 or more. */
export const creditsFromOne = documented(v.number('Must be a number.'), {
  type: 'integer',
  minimum: 1,
  maximum: maxCredits,
});

/** Credits, 0 or more. */
export const creditLimit = documented(v.number('Must be a number.'), {
  type: 'integer',
  minimum: 0,
  maximum: maxCredits,
});
export const priority = documented(v.number('Must be a number.'), {
  type: 'integer',
  minimum: 0,
  maximum: maxPriority,
});
export const objectId = v.pipe(string, v.uuid('Must be the id of an object: a UUID.'), v.toLowerCase());

/** Returns a schema with more keywords of JSON Schema than its checks have. */
export function documented<const Schema extends v.GenericSchema>(
  schema: Schema,
  keywords: Record<string, unknown>,
) {
  return v.pipe(schema, v.metadata(keywords));
}
