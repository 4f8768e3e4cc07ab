import { api } from '../api/api.js';
import { Form } from '../form/form.js';
import { Notice, ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { text } from '../texts/texts.js';
import { currentPasswordField } from './current-password-field.js';
import { useProof } from './use-proof.js';

export function EmailSection() {
  const appState = useAppState();
  const account = useStore(appState.account);
  const { withProof, dialog } = useProof();
  const change = async ({ email, ...proof }: { email: string; current_password?: string }) => {
    const changed = await withProof(() =>
      api.changeProfile({ ...proof, email: email === '' ? null : email }),
    );
    appState.account.set(() => changed);
  };
  return (
    <section aria-labelledby="email-title">
      <h2 id="email-title">{text('email.title')}</h2>
      {account.email === null ? (
        <p>{text('email.none')}</p>
      ) : (
        <p>
          <span className="title">{account.email}</span>{' '}
          <span className={account.email_verified ? 'badge good' : 'badge'}>
            {account.email_verified ? text('email.confirmed') : text('email.notConfirmed')}
          </span>
        </p>
      )}
      {account.pending_email !== null && (
        <p>
          <span className="title">{account.pending_email}</span>{' '}
          <span className="badge">{text('email.pending')}</span>
        </p>
      )}
      {(account.pending_email !== null || (account.email !== null && !account.email_verified)) && (
        <Verification isChange={account.pending_email !== null} />
      )}
      <Form
        fields={[
          {
            name: 'email',
            label: text('email.label'),
            type: 'email',
            autoComplete: 'email',
            initial: account.email ?? '',
          },
          ...(account.has_password ? [currentPasswordField(text('email.password'))] : []),
        ]}
        submit={text('email.submit')}
        done={
          account.pending_email !== null
            ? text('email.mailSent')
            : account.email === null
              ? text('email.removed')
              : text('email.changed')
        }
        onSubmit={change}
      />
      {dialog}
    </section>
  );
}

function Verification({ isChange }: { isChange: boolean }) {
  const appState = useAppState();
  const cancelling = useTask();
  const cancel = async () => {
    const { email } = appState.account.get();
    const account = await api.changeProfile({ email });
    appState.account.set(() => account);
  };
  const sending = useTask();
  const rereading = useTask();
  const reread = async () => {
    const account = await api.account();
    appState.account.set(() => account);
  };
  return (
    <>
      <p className="actions">
        <button
          type="button"
          className="button small"
          onClick={() => {
            sending.run(api.sendVerification);
          }}
        >
          {text('email.sendAgain')}
        </button>
        <button
          type="button"
          className="button small"
          onClick={() => {
            rereading.run(reread);
          }}
        >
          {text('email.haveConfirmed')}
        </button>
        {isChange && (
          <button
            type="button"
            className="button small"
            onClick={() => {
              cancelling.run(cancel);
            }}
          >
            {text('email.cancelChange')}
          </button>
        )}
      </p>
      {sending.isDone && <Notice>{text('email.sent')}</Notice>}
      {sending.problem !== null && <ProblemNotice problem={sending.problem} />}
      {rereading.problem !== null && <ProblemNotice problem={rereading.problem} />}
      {cancelling.problem !== null && <ProblemNotice problem={cancelling.problem} />}
    </>
  );
}
