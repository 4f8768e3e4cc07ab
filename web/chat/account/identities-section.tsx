import { useEffect, useState } from 'react';
import type { SignInOptions } from '../../api/api-objects.js';
import { beginLink, readSignInOptions } from '../../api/provider-sign-in.js';
import { api } from '../api/api.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { formatTime } from '../layout/format.js';
import { text } from '../texts/texts.js';
import { useList } from './use-list.js';
import { useProof } from './use-proof.js';

/** The identities by which the account signs in; nothing where there are neither identities nor providers. */
export function IdentitiesSection() {
  const { items, task, change } = useList(api.identities);
  const [providers, setProviders] = useState<SignInOptions['providers']>([]);
  const linking = useTask();
  const { withProof, dialog } = useProof();
  useEffect(() => {
    readSignInOptions().then(
      (options) => {
        setProviders(options.providers);
      },
      () => undefined,
    );
  }, []);
  const problem = task.problem ?? linking.problem;
  if (items.length === 0 && providers.length === 0 && problem === null) return null;
  return (
    <section aria-labelledby="identities-title">
      <h2 id="identities-title">{text('identities.title')}</h2>
      <p>{text('identities.about')}</p>
      <ul className="things">
        {items.map(({ id, provider, issuer, label, last_used_at: lastUsedAt }) => {
          const name = provider ?? issuer;
          return (
            <li key={id}>
              <div>
                <strong>{label === null ? name : `${name}: ${label}`}</strong>
                <p className="quiet">{text('identities.lastUsed', { moment: formatTime(lastUsedAt) })}</p>
              </div>
              <button
                type="button"
                className="button small"
                aria-label={text('identities.remove', { name: label === null ? name : `${name}: ${label}` })}
                onClick={() => {
                  change(() => withProof(() => api.removeIdentity(id)));
                }}
              >
                {text('form.remove')}
              </button>
            </li>
          );
        })}
      </ul>
      <div className="actions">
        {providers.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            className="button small"
            disabled={linking.isBusy}
            onClick={() => {
              linking.run(() => withProof(() => beginLink(id)));
            }}
          >
            {text('identities.add', { provider: name })}
          </button>
        ))}
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
      {dialog}
    </section>
  );
}
