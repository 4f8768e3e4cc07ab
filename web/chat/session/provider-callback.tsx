import { useEffect, useState } from 'react';
import { basePath } from '../../api/base-path.js';
import { toProblem, type Problem } from '../../api/problem.js';
import { finishReturned, type ReturnedFromProvider } from '../../api/provider-sign-in.js';
import { ProblemNotice } from '../form/notice.js';
import { Logo } from '../layout/icons.js';
import { text } from '../texts/texts.js';

/** The response of a provider can be used once, so that it is sent once however often the view is mounted. */
let finishing: Promise<string> | null = null;

/** Finishes a sign-in by a provider, and shows why it failed. */
export function ProviderCallback({ returned }: { returned: ReturnedFromProvider }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    finishing ??= finishReturned(returned);
    finishing.then(
      (address) => {
        location.replace(address);
      },
      (error: unknown) => {
        setProblem(toProblem(error));
      },
    );
  }, [returned]);
  return (
    <main className="welcome">
      <div className="brand">
        <Logo />
        <span>metered-chat</span>
      </div>
      <section className="card">
        <h1>{text('signIn.title')}</h1>
        {problem === null ? (
          <p className="quiet">{text('form.loading')}</p>
        ) : (
          <>
            <ProblemNotice problem={problem} />
            <nav className="ways">
              <a href={`${basePath}/#/sign-in`}>{text('signIn.again')}</a>
            </nav>
          </>
        )}
      </section>
    </main>
  );
}
