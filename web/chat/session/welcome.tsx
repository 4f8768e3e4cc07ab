import { useEffect, type ReactNode } from 'react';
import { Notice } from '../form/notice.js';
import { Logo } from '../layout/icons.js';
import { useRoute } from '../layout/route.js';
import { ForgottenForm } from './forgotten-form.js';
import { SignInForm } from './sign-in-form.js';
import { SignUpForm } from './sign-up-form.js';

/** What is seen by whoever is not signed in. `hasEnded` when they were, a moment ago, and did not leave themselves. */
export function Welcome({ hasEnded }: { hasEnded: boolean }) {
  const { name } = useRoute();
  const [title, form]: [string, ReactNode] =
    name === 'sign-up'
      ? ['Create an account', <SignUpForm key="sign-up" />]
      : name === 'forgotten'
        ? ['Choose a new password', <ForgottenForm key="forgotten" />]
        : ['Sign in', <SignInForm key="sign-in" />];
  useEffect(() => {
    document.title = `${title} · metered-chat`;
  }, [title]);
  return (
    <main className="welcome">
      <div className="brand">
        <Logo />
        <span>metered-chat</span>
      </div>
      <section className="card">
        <h1>{title}</h1>
        {hasEnded && <Notice>Your session has ended. Sign in to go on; what you wrote is kept.</Notice>}
        {form}
        <nav className="ways" aria-label="Other ways in">
          {name !== 'sign-up' && <a href="#/sign-up">Create an account</a>}
          {(name === 'sign-up' || name === 'forgotten') && <a href="#/sign-in">Sign in instead</a>}
          {name !== 'forgotten' && name !== 'sign-up' && <a href="#/forgotten">Forgotten your password?</a>}
        </nav>
      </section>
      <p className="aside">
        Every reply has a price in tokens, and every token has its line in your history.
      </p>
    </main>
  );
}
