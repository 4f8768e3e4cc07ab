// `metered-chat/oidc`: sign-in by an OpenID Connect provider.

export {
  openIdProvider,
  type ClientAuthentication,
  type OpenIdOptions,
} from '../adapters/oidc/openid-provider.js';
