import type { SignedOut, SignInOptions } from './api-objects.js';
import { basePath } from './base-path.js';
import { challengeOf, type SignInChallenge } from './factor-sign-in.js';
import { Problem, toProblem } from './problem.js';
import { openSession, request } from './request.js';

/** What this tab wanted before it went to the provider. */
interface Begun {
  purpose: 'sign-in' | 'link' | 'proof';
  /** Where to go afterwards: a path below the base path. */
  returnTo: string;
}

/** A return from a provider, with its response. */
export interface ReturnedFromProvider {
  provider: string;
  parameters: Record<string, string>;
}

const storageKey = `metered-chat.provider${basePath}`;
const callback = /\/sign-in\/callback\/([a-z0-9-]{1,40})$/;

/** Reads how people can sign in here. */
export async function readSignInOptions(): Promise<SignInOptions> {
  return (await (await request('/api/sign-in/')).json()) as SignInOptions;
}

/** Goes to a provider to sign in; `returnTo` is where to go afterwards. */
export async function beginSignIn(provider: string, returnTo: string): Promise<void> {
  const response = await request(`/api/sign-in/${provider}/`, { method: 'POST' });
  await leaveTo(response, { purpose: 'sign-in', returnTo });
}

/** Goes to a provider to add an identity to the account. */
export async function beginLink(provider: string): Promise<void> {
  const response = await request('/api/me/identities/', { method: 'POST', body: { provider } });
  await leaveTo(response, { purpose: 'link', returnTo: '/#/account' });
}

/** Goes to a provider to prove the identity of the user again; `returnTo` is where to go afterwards. */
export async function beginProof(provider: string, returnTo: string): Promise<void> {
  const response = await request('/api/me/proof/provider/', { method: 'POST', body: { provider } });
  await leaveTo(response, { purpose: 'proof', returnTo });
}

async function leaveTo(response: Response, begun: Begun): Promise<void> {
  const { url } = (await response.json()) as { url: string };
  sessionStorage.setItem(storageKey, JSON.stringify(begun));
  location.assign(url);
}

/** Returns the response of a provider if it has just sent the browser here, and removes it from the address; otherwise null. */
export function readReturned(): ReturnedFromProvider | null {
  const provider = callback.exec(location.pathname)?.[1];
  if (provider === undefined) return null;
  const parameters = Object.fromEntries(new URLSearchParams(location.search));
  history.replaceState(null, '', location.pathname);
  return { provider, parameters };
}

/** What a return from a provider led to. */
export interface FinishedReturn {
  /** What this tab had begun. */
  purpose: Begun['purpose'];
  /** Where to go: after a failure, where to try again. */
  address: string;
  /** With what the sign-in must be completed before; null for nothing. */
  challenge: SignInChallenge | null;
  /** Why it failed; null if it did not. */
  problem: Problem | null;
}

/** Finishes what this tab has begun. */
export async function finishReturned({
  provider,
  parameters,
}: ReturnedFromProvider): Promise<FinishedReturn> {
  const { purpose, returnTo } = takeBegun();
  const finished = { purpose, address: basePath + returnTo, challenge: null, problem: null };
  try {
    if (parameters['state'] === undefined) throw new Problem(400, { code: 'sign_in_expired' });
    if (purpose === 'sign-in') await openSession(`/api/sign-in/${provider}/finish/`, { parameters });
    else await request(finishPaths[purpose], { method: 'POST', body: { provider, parameters } });
    return finished;
  } catch (error) {
    const challenge = purpose === 'sign-in' ? challengeOf(error) : null;
    if (challenge !== null) return { ...finished, challenge };
    const problem = toProblem(error);
    return { ...finished, problem, address: purpose === 'sign-in' ? signInAddress : finished.address };
  }
}

/** The address of the sign-in form. */
export const signInAddress = `${basePath}/#/sign-in`;

const finishPaths = { link: '/api/me/identity/finish/', proof: '/api/me/proof/provider/finish/' };

function takeBegun(): Begun {
  const stored = sessionStorage.getItem(storageKey);
  sessionStorage.removeItem(storageKey);
  // Another tab may show the response, for instance if the browser was restarted meanwhile.
  return stored === null ? { purpose: 'sign-in', returnTo: '/' } : (JSON.parse(stored) as Begun);
}

/** Ends the session on the server. Returns where to sign out of the provider as well; null if there is no such address. */
export async function endSession(): Promise<string | null> {
  const response = await request('/api/logout/', { method: 'POST' });
  if (response.status !== 200) return null;
  return ((await response.json()) as SignedOut).provider_sign_out_url;
}
