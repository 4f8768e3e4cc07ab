import { api } from '../api/api.js';
import { Form } from '../form/form.js';
import { Notice, ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';

export function EmailSection() {
  const appState = useAppState();
  const account = useStore(appState.account);
  const change = async (values: { email: string; current_password: string }) => {
    const changed = await api.changeProfile({ ...values, email: values.email === '' ? null : values.email });
    appState.account.set(() => changed);
  };
  return (
    <section aria-labelledby="email-title">
      <h2 id="email-title">Email</h2>
      {account.email === null ? (
        <p>Without an email address you cannot reset a forgotten password.</p>
      ) : (
        <p>
          <span className="title">{account.email}</span>{' '}
          <span className={account.email_verified ? 'badge good' : 'badge'}>
            {account.email_verified ? 'confirmed' : 'not confirmed yet'}
          </span>
        </p>
      )}
      {account.pending_email !== null && (
        <p>
          <span className="title">{account.pending_email}</span>{' '}
          <span className="badge">takes effect once it is confirmed</span>
        </p>
      )}
      {(account.pending_email !== null || (account.email !== null && !account.email_verified)) && (
        <Verification isChange={account.pending_email !== null} />
      )}
      <Form
        fields={[
          {
            name: 'email',
            label: 'New email',
            type: 'email',
            autoComplete: 'email',
            initial: account.email ?? '',
          },
          {
            name: 'current_password',
            label: 'Your password',
            type: 'password',
            autoComplete: 'current-password',
          },
        ]}
        submit="Change the email"
        done={
          account.pending_email !== null
            ? 'A mail was sent to the new address. Your email changes once you open the link in it.'
            : account.email === null
              ? 'Your account has no email address now.'
              : 'Your email is changed.'
        }
        onSubmit={change}
      />
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
          Send the confirmation mail again
        </button>
        <button
          type="button"
          className="button small"
          onClick={() => {
            rereading.run(reread);
          }}
        >
          I have confirmed it
        </button>
        {isChange && (
          <button
            type="button"
            className="button small"
            onClick={() => {
              cancelling.run(cancel);
            }}
          >
            Cancel the change
          </button>
        )}
      </p>
      {sending.isDone && <Notice>A mail was sent. The link in it works for 24 hours.</Notice>}
      {sending.problem !== null && <ProblemNotice problem={sending.problem} />}
      {rereading.problem !== null && <ProblemNotice problem={rereading.problem} />}
      {cancelling.problem !== null && <ProblemNotice problem={cancelling.problem} />}
    </>
  );
}
