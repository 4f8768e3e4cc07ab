import * as v from 'valibot';
import { maxPasskeyNameChars, type Factors, type Passkey } from '../../../domain/factors/factor.js';
import type { PresentedFactor } from '../../../domain/factors/check-factor.js';
import type { TotpSetup } from '../../../domain/factors/totp.js';
import { documented, jsonObject, string } from '../kit/body-fields.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';
import { count, id, time } from '../kit/response-fields.js';

export const passkeyName = documented(string, {
  minLength: 1,
  maxLength: maxPasskeyNameChars,
  pattern: '[^\\s\\u0085]',
});

/** The JSON of a `PublicKeyCredential`, as `toJSON()` of a browser returns it. */
export const credential = v.looseObject(
  { id: string, response: v.record(v.string(), v.unknown(), 'Must be an object.') },
  'Must be an object.',
);

/** What a factor is presented by: exactly one of them. */
export const factorFields = {
  code: v.optional(string),
  recovery_code: v.optional(string),
  passkey: v.optional(credential),
};

/** Returns the factor in a body; null if it has none. Throws `invalid_input` if it has several. */
export function presentedFactor(
  body: v.InferOutput<ReturnType<typeof jsonObject<typeof factorFields>>>,
): PresentedFactor | null {
  const presented: PresentedFactor[] = [];
  if (body.code !== undefined) presented.push({ method: 'totp', code: body.code });
  if (body.recovery_code !== undefined) {
    presented.push({ method: 'recovery_code', code: body.recovery_code });
  }
  if (body.passkey !== undefined) presented.push({ method: 'passkey', response: body.passkey });
  if (presented.length > 1) throw invalidInput({ code: ['Send one of code, recovery_code and passkey.'] });
  return presented[0] ?? null;
}

export const passkeyResponse = namedSchema(
  'Passkey',
  v.object({
    id,
    name: v.string(),
    created_at: time,
    last_used_at: v.nullable(time),
    /** True if its provider keeps a copy, so that it works on several devices. */
    backed_up: v.boolean(),
  }),
);

/** The fields by which every response shows the factors of an account. */
export const factorsFields = {
  totp: v.nullable(v.object({ created_at: time })),
  passkeys: v.array(passkeyResponse),
  recovery_codes_left: count,
};

/** Codes that are shown once. */
export const recoveryCodesResponse = namedSchema(
  'RecoveryCodes',
  v.object({ recovery_codes: v.array(v.string()) }),
);

/** The secret of an authenticator app that is being set up, for typing, and its URI for a QR code. */
export const totpSetupResponse = namedSchema('TotpSetup', v.object({ secret: v.string(), uri: v.string() }));

export const examplePasskey = {
  id: exampleId,
  name: 'My phone',
  created_at: exampleTime,
  last_used_at: null,
  backed_up: true,
};

export const exampleFactors = {
  totp: { created_at: exampleTime },
  passkeys: [examplePasskey],
  recovery_codes_left: 10,
};

export const exampleRecoveryCodes = { recovery_codes: ['0f9c2-51b7e-83da4-c6e10'] };

export const exampleTotpSetup = {
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  uri: 'otpauth://totp/chat.example.org:jane_doe?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=chat.example.org',
};

/** Returns a passkey as the API shows it. */
export function presentPasskey(passkey: Passkey): v.InferOutput<typeof passkeyResponse> {
  return {
    id: passkey.id,
    name: passkey.name,
    created_at: passkey.createdAt.toISOString(),
    last_used_at: passkey.lastUsedAt?.toISOString() ?? null,
    backed_up: passkey.isBackedUp,
  };
}

/** Returns the factors of an account as the API shows them. */
export function presentFactors({ totp, passkeys, recoveryCodesLeft }: Factors) {
  return {
    totp: totp === null ? null : { created_at: totp.createdAt.toISOString() },
    passkeys: passkeys.map(presentPasskey),
    recovery_codes_left: recoveryCodesLeft,
  };
}

/** Returns a set-up as the API shows it. */
export function presentTotpSetup({ secret, uri }: TotpSetup): v.InferOutput<typeof totpSetupResponse> {
  return { secret, uri };
}
