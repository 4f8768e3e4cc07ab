import { useEffect, useState } from 'react';
import {
  finishReturned,
  signInAddress,
  type FinishedReturn,
  type ReturnedFromProvider,
} from '../../api/provider-sign-in.js';
import { ProblemNotice } from '../form/notice.js';
import { text } from '../texts/texts.js';
import { FactorStep, titleOf } from './factor-step.js';
import { SignInCard } from './sign-in-card.js';

/** The response of a provider can be used once, so that it is sent once however often the view is mounted. */
let finishing: Promise<FinishedReturn> | null = null;

/** Finishes what was begun at a provider, with the second factor if one is required, and shows why it failed. */
export function ProviderCallback({ returned }: { returned: ReturnedFromProvider }) {
  const [finished, setFinished] = useState<FinishedReturn | null>(null);
  useEffect(() => {
    finishing ??= finishReturned(returned);
    void finishing.then((result) => {
      if (result.challenge === null && result.problem === null) location.replace(result.address);
      else setFinished(result);
    });
  }, [returned]);
  if (finished?.challenge != null) {
    const { address, challenge } = finished;
    return (
      <SignInCard title={titleOf(challenge)}>
        <FactorStep
          challenge={challenge}
          onOpened={() => {
            location.replace(address);
          }}
          onCancel={() => {
            location.replace(signInAddress);
          }}
        />
      </SignInCard>
    );
  }
  if (finished?.problem == null) {
    return (
      <SignInCard title={text('signIn.title')}>
        <p className="quiet">{text('form.loading')}</p>
      </SignInCard>
    );
  }
  const { title, back } = failures[finished.purpose];
  return (
    <SignInCard title={text(title)}>
      <ProblemNotice problem={finished.problem} />
      <nav className="ways">
        <a href={finished.address}>{text(back)}</a>
      </nav>
    </SignInCard>
  );
}

const failures = {
  'sign-in': { title: 'signIn.title', back: 'signIn.again' },
  link: { title: 'identities.title', back: 'signIn.back' },
  proof: { title: 'proof.title', back: 'signIn.back' },
} as const;
