import type { Route } from '../kit/define-route.js';
import * as identities from './identities.js';
import * as proof from './proof.js';
import * as signIn from './sign-in.js';

/** Sign-in by providers, and the identities of the caller's account. */
export const identityRoutes: readonly Route[] = [
  signIn.readSignInOptions,
  signIn.startProviderSignIn,
  signIn.finishProviderSignIn,
  identities.listIdentities,
  identities.startLink,
  identities.finishLink,
  identities.removeIdentity,
  proof.startProviderProof,
  proof.finishProviderProof,
];
