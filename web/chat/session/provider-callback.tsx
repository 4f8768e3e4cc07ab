import { useEffect, useState } from 'react';
import { basePath } from '../../api/base-path.js';
import { toProblem, type Problem } from '../../api/problem.js';
import {
  finishReturned,
  type FinishedReturn,
  type ReturnedFromProvider,
} from '../../api/provider-sign-in.js';
import { ProblemNotice } from '../form/notice.js';
import { text } from '../texts/texts.js';
import { FactorStep, titleOf } from './factor-step.js';
import { SignInCard } from './sign-in-card.js';

/** The response of a provider can be used once, so that it is sent once however often the view is mounted. */
let finishing: Promise<FinishedReturn> | null = null;

/** Finishes a sign-in by a provider, with the second factor if one is required, and shows why it failed. */
export function ProviderCallback({ returned }: { returned: ReturnedFromProvider }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [finished, setFinished] = useState<FinishedReturn | null>(null);
  useEffect(() => {
    finishing ??= finishReturned(returned);
    finishing.then(
      (result) => {
        if (result.challenge === null) location.replace(result.address);
        else setFinished(result);
      },
      (error: unknown) => {
        setProblem(toProblem(error));
      },
    );
  }, [returned]);
  const signInAddress = `${basePath}/#/sign-in`;
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
  return (
    <SignInCard title={text('signIn.title')}>
      {problem === null ? (
        <p className="quiet">{text('form.loading')}</p>
      ) : (
        <>
          <ProblemNotice problem={problem} />
          <nav className="ways">
            <a href={signInAddress}>{text('signIn.again')}</a>
          </nav>
        </>
      )}
    </SignInCard>
  );
}
