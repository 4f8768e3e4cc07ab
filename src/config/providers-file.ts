import * as v from 'valibot';
import type { OpenIdOptions } from '../adapters/oidc/openid-provider.js';
import type { Environment } from './environment.js';
import { parseJson, problemOf, readText } from './json-file.js';
import { readSecret } from './secret-files.js';
import { clientAuthentications, groupRights, issuer } from './values/identity-provider.js';

const text = v.pipe(v.string('must be a text'), v.nonEmpty('must not be empty'));

const providersFile = v.strictObject({
  providers: v.array(
    v.strictObject({
      id: v.pipe(
        v.string('must be a text'),
        v.regex(/^[a-z0-9-]{1,40}$/, 'must have 1 to 40 lower-case letters, digits and hyphens'),
      ),
      name: text,
      issuer: v.pipe(v.string('must be a text'), issuer),
      client_id: text,
      client_secret_env: v.optional(text),
      client_auth: v.optional(
        v.picklist(clientAuthentications, `must be ${clientAuthentications.join(' or ')}`),
      ),
      scopes: v.optional(text),
      role_claim: v.optional(text),
      role_map: v.optional(groupRights),
    }),
    'must be a list',
  ),
});

/** The providers of identities, or every problem of their description. */
export type ReadProviders =
  | { providers: readonly OpenIdOptions[]; problems: [] }
  | { providers: null; problems: string[] };

/** What describes a single provider. */
export interface ProviderSettings {
  OIDC_ISSUER: string | null;
  OIDC_CLIENT_ID: string | null;
  OIDC_CLIENT_SECRET: string | null;
  OIDC_NAME: string | null;
  OIDC_CLIENT_AUTH: (typeof clientAuthentications)[number];
  OIDC_SCOPES: string;
  OIDC_ROLE_CLAIM: string | null;
  OIDC_ROLE_MAP: OpenIdOptions['rights'] | null;
  OIDC_FILE: string | null;
  PASSWORD_SIGN_IN: 'on' | 'off';
}

/** The id of the provider that the settings describe. */
const singleId = 'oidc';

/**
 * Returns the providers of the settings, or of the file that they name. Returns all problems at once.
 *
 * @param isSet Returns whether the environment has a setting.
 */
export function readProviders(
  settings: ProviderSettings,
  environment: Environment,
  isSet: (name: string) => boolean,
): ReadProviders {
  const read =
    settings.OIDC_FILE === null ? single(settings, isSet) : ofFile(settings.OIDC_FILE, environment, isSet);
  const { providers } = read;
  if (providers === null) return read;
  const problems = combinationProblems(settings, providers);
  return problems.length > 0 ? { providers: null, problems } : read;
}

function combinationProblems(
  { PASSWORD_SIGN_IN: passwordSignIn }: ProviderSettings,
  providers: readonly OpenIdOptions[],
): string[] {
  const isRepeated = (valueOf: (provider: OpenIdOptions) => string) =>
    new Set(providers.map(valueOf)).size < providers.length;
  return [
    ...(passwordSignIn === 'off' && providers.length === 0
      ? ['PASSWORD_SIGN_IN=off leaves no way to sign in; set OIDC_ISSUER or OIDC_FILE']
      : []),
    ...(isRepeated(({ id }) => id) ? ['OIDC_FILE: each provider must have an id of its own'] : []),
    // People choose a provider by its name.
    ...(isRepeated(({ name }) => name) ? ['OIDC_FILE: each provider must have a name of its own'] : []),
    // An identity is an issuer and a subject: two clients of one issuer could have different subjects for one person.
    ...(isRepeated((each) => each.issuer.replace(/\/$/, ''))
      ? ['OIDC_FILE: each provider must have an issuer of its own']
      : []),
  ];
}

const settingsOfOne = [
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_NAME',
  'OIDC_ROLE_CLAIM',
  'OIDC_ROLE_MAP',
];

function single(settings: ProviderSettings, isSet: (name: string) => boolean): ReadProviders {
  const { OIDC_ISSUER: issuerUrl, OIDC_CLIENT_ID: clientId } = settings;
  if (issuerUrl === null || clientId === null) {
    const isWanted = settingsOfOne.some(isSet);
    const missing = ['OIDC_ISSUER', 'OIDC_CLIENT_ID'].filter((name) => !isSet(name));
    const problems = isWanted ? missing.map((name) => `${name} is required for sign-in by a provider`) : [];
    return problems.length > 0 ? { providers: null, problems } : { providers: [], problems: [] };
  }
  if (settings.OIDC_ROLE_MAP !== null && settings.OIDC_ROLE_CLAIM === null) {
    return { providers: null, problems: ['OIDC_ROLE_CLAIM is required if OIDC_ROLE_MAP is set'] };
  }
  const provider: OpenIdOptions = {
    id: singleId,
    name: settings.OIDC_NAME ?? new URL(issuerUrl).host,
    issuer: issuerUrl,
    clientId,
    clientSecret: settings.OIDC_CLIENT_SECRET,
    clientAuthentication: settings.OIDC_CLIENT_AUTH,
    scopes: settings.OIDC_SCOPES,
    groupsClaim: settings.OIDC_ROLE_CLAIM,
    rights: settings.OIDC_ROLE_MAP ?? [],
  };
  return { providers: [provider], problems: [] };
}

function ofFile(path: string, environment: Environment, isSet: (name: string) => boolean): ReadProviders {
  const both = settingsOfOne.filter(isSet).map((name) => `${name} and OIDC_FILE are both set; remove one`);
  const file = readText(path);
  const read =
    'problem' in file ? { providers: null, problems: [file.problem] } : parseFile(file.text, environment);
  const problems = [...both, ...read.problems.map((problem) => `OIDC_FILE: ${problem}`)];
  return read.providers === null || problems.length > 0 ? { providers: null, problems } : read;
}

function parseFile(json: string, environment: Environment): ReadProviders {
  const parsed = v.safeParse(providersFile, parseJson(json));
  if (!parsed.success) return { providers: null, problems: parsed.issues.map(problemOf) };
  const problems: string[] = [];
  const providers = parsed.output.providers.map((one): OpenIdOptions => {
    const secretName = one.client_secret_env;
    const secret = secretName === undefined ? null : readSecret(environment, secretName);
    if (secret !== null && secret.problem !== null) problems.push(secret.problem);
    else if (secret !== null && secret.value === undefined) {
      problems.push(`${one.id} requires the variable ${String(secretName)}, which is not set`);
    }
    if (one.role_map !== undefined && one.role_claim === undefined) {
      problems.push(`${one.id} requires role_claim, because it has role_map`);
    }
    return {
      id: one.id,
      name: one.name,
      issuer: one.issuer,
      clientId: one.client_id,
      clientSecret: secret?.value ?? null,
      ...(one.client_auth === undefined ? {} : { clientAuthentication: one.client_auth }),
      ...(one.scopes === undefined ? {} : { scopes: one.scopes }),
      groupsClaim: one.role_claim ?? null,
      rights: one.role_map ?? [],
    };
  });
  return problems.length > 0 ? { providers: null, problems } : { providers, problems: [] };
}
