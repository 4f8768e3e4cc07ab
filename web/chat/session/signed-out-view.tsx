import { useEffect, useState, type ReactNode } from 'react';
import type { SignInOptions } from '../../api/api-objects.js';
import type { SignInChallenge } from '../../api/factor-sign-in.js';
import { readSignInOptions } from '../../api/provider-sign-in.js';
import { Notice } from '../form/notice.js';
import { Logo } from '../layout/icons.js';
import { navigate, useRoute } from '../layout/route.js';
import { text } from '../texts/texts.js';
import { LanguageSelect } from '../../language/language-select.js';
import { FactorStep, titleOf } from './factor-step.js';
import { SignInCard } from './sign-in-card.js';
import { PasskeyButton } from './passkey-button.js';
import { ProviderButtons } from './provider-buttons.js';
import { ForgotPasswordForm } from './forgot-password-form.js';
import { SignInForm } from './sign-in-form.js';
import { SignUpForm } from './sign-up-form.js';

/** The page for users who are not signed in. `hasEnded` if a session has just ended without signing out. */
export function SignedOutView({ hasEnded }: { hasEnded: boolean }) {
  const { name } = useRoute();
  const { password, providers } = useSignInOptions();
  const [challenge, setChallenge] = useState<SignInChallenge | null>(null);
  const [title, form]: [string, ReactNode] =
    name === 'sign-up'
      ? [text('signUp.title'), <SignUpForm key="sign-up" onChallenge={setChallenge} />]
      : name === 'forgotten'
        ? [text('forgotten.title'), <ForgotPasswordForm key="forgotten" />]
        : [text('signIn.title'), <SignInForm key="sign-in" onChallenge={setChallenge} />];
  useEffect(() => {
    document.title = `${title} · metered-chat`;
  }, [title]);
  if (challenge !== null) {
    const leave = () => {
      setChallenge(null);
      navigate({ name: 'sign-in' }, { replace: true });
    };
    // Choosing another language would begin the step again.
    return (
      <SignInCard title={titleOf(challenge)}>
        <FactorStep challenge={challenge} onOpened={() => undefined} onCancel={leave} />
      </SignInCard>
    );
  }
  return (
    <main className="welcome">
      <div className="brand">
        <Logo />
        <span>metered-chat</span>
      </div>
      <section className="card">
        <h1>{title}</h1>
        {hasEnded && <Notice>{text('session.ended')}</Notice>}
        {password && form}
        {name !== 'forgotten' && name !== 'sign-up' && <PasskeyButton />}
        {name !== 'forgotten' && <ProviderButtons providers={providers} />}
        {password && (
          <nav className="ways" aria-label={text('session.otherForms')}>
            {name !== 'sign-up' && <a href="#/sign-up">{text('signUp.title')}</a>}
            {(name === 'sign-up' || name === 'forgotten') && <a href="#/sign-in">{text('signIn.instead')}</a>}
            {name !== 'forgotten' && name !== 'sign-up' && <a href="#/forgotten">{text('forgotten.link')}</a>}
          </nav>
        )}
      </section>
      <p className="aside">{text('session.aside')}</p>
      <LanguageSelect />
    </main>
  );
}

/** How people can sign in; by a password until the server says something else. */
function useSignInOptions(): SignInOptions {
  const [options, setOptions] = useState<SignInOptions>({ password: true, providers: [] });
  useEffect(() => {
    readSignInOptions().then(setOptions, () => undefined);
  }, []);
  return options;
}
