import * as v from 'valibot';
import { defaultScopes } from '../../adapters/oidc/openid-provider.js';
import { optionalSetting, secretSetting, setting } from '../setting.js';
import { oneOf } from '../values/choices.js';
import { clientAuthentications, issuer, roleMap } from '../values/identity-provider.js';

export const providerSettings = {
  PASSWORD_SIGN_IN: setting(oneOf(['on', 'off']), {
    default: 'on',
    help: 'Set to off to leave only the providers: no user can register, sign in by a password or reset one.',
  }),
  OIDC_ISSUER: optionalSetting(v.pipe(v.string(), issuer), {
    help: 'The issuer of an OpenID Connect provider by which people can sign in, such as https://login.example.org.',
  }),
  OIDC_CLIENT_ID: optionalSetting(v.string(), { help: 'The client that is registered at the provider.' }),
  OIDC_CLIENT_SECRET: secretSetting(v.string(), {
    help: 'The secret of that client; absent for a public client, which has PKCE only.',
  }),
  OIDC_NAME: optionalSetting(v.string(), {
    help: 'What the button on the sign-in page calls the provider; by default its host name.',
  }),
  OIDC_CLIENT_AUTH: setting(oneOf(clientAuthentications), {
    default: 'client_secret_post',
    help: 'How the secret is sent to the provider: client_secret_post or client_secret_basic.',
  }),
  OIDC_SCOPES: setting(v.string(), {
    default: defaultScopes,
    help: 'The scopes that are requested, separated by spaces.',
  }),
  OIDC_ROLE_CLAIM: optionalSetting(v.string(), {
    help: 'The claim with the groups of a person, such as groups or realm_access.roles.',
  }),
  OIDC_ROLE_MAP: optionalSetting(v.pipe(v.string(), roleMap), {
    help: 'What groups give, as JSON such as {"staff": {"role": "admin"}, "students": {"allowance": "4000/month"}}; taken away at the next sign-in without the group.',
  }),
  OIDC_FILE: optionalSetting(v.string(), {
    help: 'A JSON file with several providers, in place of OIDC_ISSUER and the other settings of one.',
  }),
};
