import * as v from 'valibot';
import { maxKeyNameChars } from '../../../domain/auth/api-key.js';
import { maxPasswordChars, minPasswordChars } from '../../../domain/auth/password.js';
import { maxTitleChars } from '../../../domain/chat/conversation.js';
import { maxCredits } from '../../../domain/ledger/entry.js';
import { maxReasonChars } from '../../../domain/ledger/grant-credits.js';
import { maxEmailChars, usernameRule } from '../../../domain/users/user.js';

// Fields that the domain checks, with every fault at once. What is told here only describes its rules to those who read
// the document: lengths are of code points, as JSON Schema counts them.

const text = v.string('Must be a text.');

/** Something besides Unicode white space. */
const notBlank = '[^\\s\\u0085]';

export const username = rule(text, {
  minLength: usernameRule.minChars,
  maxLength: usernameRule.maxChars,
  pattern: usernameRule.pattern.source,
});
/** An empty string means no email, as null does. */
export const email = v.pipe(
  rule(text, { maxLength: maxEmailChars, format: 'idn-email' }),
  v.transform((address) => (address === '' ? null : address)),
);
export const newPassword = rule(text, { minLength: minPasswordChars, maxLength: maxPasswordChars });
/** Whether API keys stay when a password changes. */
export const keepKeys = v.boolean('Must be true or false.');
/** How long it can be is a setting. */
export const message = rule(text, { minLength: 1, pattern: notBlank });
export const title = rule(text, { minLength: 1, maxLength: maxTitleChars, pattern: notBlank });
export const keyName = rule(text, { minLength: 1, maxLength: maxKeyNameChars, pattern: notBlank });
export const reason = rule(text, { minLength: 1, maxLength: maxReasonChars, pattern: notBlank });
export const amount = rule(v.number('Must be a number.'), {
  type: 'integer',
  minimum: -maxCredits,
  maximum: maxCredits,
  not: { const: 0 },
});

/** The same, with words of JSON Schema that its checks do not bring with them. */
function rule<const Schema extends v.GenericSchema>(schema: Schema, words: Record<string, unknown>) {
  return v.pipe(schema, v.metadata(words));
}
