import * as v from 'valibot';
import type { Caller } from '../../../domain/auth/caller.js';
import type { Core } from '../../../domain/core.js';
import { hasFactor } from '../../../domain/factors/factor.js';
import type { CreditUnit } from '../../../domain/ledger/credit-unit.js';
import type { AccountAllowance } from '../../../domain/ledger/read-allowance.js';
import type { CapState } from '../../../domain/metering/cap.js';
import type { User } from '../../../domain/users/user.js';
import { email, jsonObject, string, username } from '../kit/body-fields.js';
import { capResponse, presentCap } from '../kit/cap.js';
import { allowanceResponse, exampleAllowance, presentAllowance } from './allowance.js';
import { exampleUnit, unitResponse } from '../kit/credit-unit.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { originOf } from '../kit/headers.js';
import { count, time } from '../kit/response-fields.js';
import { presentUserFields, userFields } from './user.js';

export const profileResponse = namedSchema(
  'User',
  v.object({
    ...userFields,
    /** True if a login requires a second factor. */
    two_factors: v.boolean(),
    /** False if people sign in to the account by providers or passkeys only. */
    has_password: v.boolean(),
    tokens: count,
    debt: count,
    unit: unitResponse,
    caps: v.array(capResponse),
    allowance: allowanceResponse,
    created_at: time,
  }),
);

const profileChange = namedSchema(
  'ProfileChange',
  jsonObject({
    username: v.optional(username),
    email: v.nullish(email),
    current_password: v.optional(string),
  }),
);

const exampleProfile = {
  id: exampleId,
  username: 'jane_doe',
  email: 'jane@example.org',
  email_verified: true,
  pending_email: null,
  role: 'user',
  two_factors: false,
  has_password: true,
  tokens: 3900,
  debt: 0,
  unit: exampleUnit,
  caps: [],
  allowance: exampleAllowance,
  created_at: exampleTime,
};

export const readProfile = defineRoute({
  method: 'GET',
  path: '/api/me/',
  id: 'readMe',
  tag: 'Accounts',
  summary: 'Read the account',
  access: 'account',
  responses: { 200: { description: 'The account.', json: profileResponse, example: exampleProfile } },
  handler: async ({ c, core, caller }) => c.json(await readAndPresent(core, caller)),
});

export const changeProfile = defineRoute({
  method: 'PATCH',
  path: '/api/me/',
  id: 'changeMe',
  tag: 'Accounts',
  summary: 'Change the username or email',
  description:
    'A new email requires `current_password`, or a login or `/api/me/proof/` of the last 10 minutes. It is `pending_email` until it is confirmed; until then the old one remains in force, and receives a link that cancels the change. `null` removes the email at once. The email in force cancels a pending one.',
  access: 'account',
  rateLimit: 'in-handler',
  body: { schema: profileChange, examples: { username: { username: 'jane' } } },
  responses: {
    200: { description: 'The changed account.', json: profileResponse, example: exampleProfile },
  },
  problems: ['session_required', 'wrong_password', 'proof_required', 'username_taken', 'email_taken'],
  handler: async ({ c, core, caller, body }) => {
    const user = await core.users.changeProfile({
      caller,
      username: body.username,
      email: body.email,
      currentPassword: body.current_password,
      origin: originOf(c),
    });
    return c.json(await readAndPresent(core, { ...caller, user }));
  },
});

async function readAndPresent(core: Core, caller: Caller): Promise<v.InferOutput<typeof profileResponse>> {
  const { user } = caller;
  const { balance } = await core.ledger.balance({ caller, userId: user.id });
  const debt = await core.orders.debt({ caller, userId: user.id });
  const pendingEmail = await core.users.pendingEmail({ caller });
  const hasTwoFactors = hasFactor(await core.factors.list({ caller }));
  const hasPassword = await core.identities.hasPassword({ caller });
  const caps = await core.caps.list(caller);
  const allowance = await core.ledger.allowance({ caller, userId: user.id });
  const ofSignIn = { pendingEmail, hasTwoFactors, hasPassword };
  return presentProfile(user, { ...ofSignIn, balance, debt, caps, allowance, unit: core.unit });
}

/** What a profile shows beside the user. */
interface ProfileFacts {
  balance: number;
  debt: number;
  pendingEmail: string | null;
  hasTwoFactors: boolean;
  hasPassword: boolean;
  caps: readonly CapState[];
  allowance: AccountAllowance;
  unit: CreditUnit;
}

/** Returns the caller's account as the API shows it. */
export function presentProfile(
  user: User,
  { balance, debt, pendingEmail, hasTwoFactors, hasPassword, caps, allowance, unit }: ProfileFacts,
): v.InferOutput<typeof profileResponse> {
  return {
    ...presentUserFields(user, pendingEmail),
    two_factors: hasTwoFactors,
    has_password: hasPassword,
    tokens: balance,
    debt,
    unit,
    caps: caps.map(presentCap),
    allowance: presentAllowance(allowance),
    created_at: user.createdAt.toISOString(),
  };
}
