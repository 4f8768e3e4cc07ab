import { useEffect, type ReactNode } from 'react';
import { Notice } from '../form/notice.js';
import { Logo } from '../layout/icons.js';
import { useRoute } from '../layout/route.js';
import { ForgotPasswordForm } from './forgot-password-form.js';
import { SignInForm } from './sign-in-form.js';
import { SignUpForm } from './sign-up-form.js';

/** The page for users who are not signed in. `hasEnded` if a session has just ended without signing out. */
export function SignedOutView({ hasEnded }: { hasEnded: boolean }) {
  const { name } = useRoute();
  const [title, form]: [string, ReactNode] =
    name === 'sign-up'
      ? ['Create an account', <SignUpForm key="sign-up" />]
      : name === 'forgotten'
        ? ['Choose a new password', <ForgotPasswordForm key="forgotten" />]
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
        {hasEnded && <Notice>Your session has ended. Sign in to continue; your drafts are kept.</Notice>}
        {form}
        <nav className="ways" aria-label="Other forms">
          {name !== 'sign-up' && <a href="#/sign-up">Create an account</a>}
          {(name === 'sign-up' || name === 'forgotten') && <a href="#/sign-in">Sign in instead</a>}
          {name !== 'forgotten' && name !== 'sign-up' && <a href="#/forgotten">Forgotten your password?</a>}
        </nav>
      </section>
      <p className="aside">Each reply is charged to your balance. Your history lists each charge.</p>
    </main>
  );
}
