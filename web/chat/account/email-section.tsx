import { api } from '../api/api.js';
import { Form } from '../form/form.js';
import { Notice, ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useDesk } from '../layout/desk.js';
import { useStore } from '../layout/store.js';

export function EmailSection() {
  const desk = useDesk();
  const account = useStore(desk.account);
  const change = async ({ email, current_password }: { email: string; current_password: string }) => {
    const changed = await api.changeProfile({ email: email === '' ? null : email, current_password });
    desk.account.set(() => changed);
  };
  return (
    <section aria-labelledby="email-title">
      <h2 id="email-title">Email</h2>
      {account.email === null ? (
        <p>Without an email address, a forgotten password cannot be replaced.</p>
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
            ? 'A mail is on its way to the new address. Your email changes once you confirm it there.'
            : account.email === null
              ? 'Your account has no email address any more.'
              : 'Your email is as you wish.'
        }
        onSubmit={change}
      />
    </section>
  );
}

function Verification({ isChange }: { isChange: boolean }) {
  const desk = useDesk();
  const dropping = useTask();
  const drop = async () => {
    const { email } = desk.account.get();
    const account = await api.changeProfile({ email });
    desk.account.set(() => account);
  };
  const sending = useTask();
  const looking = useTask();
  const look = async () => {
    const account = await api.account();
    desk.account.set(() => account);
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
            looking.run(look);
          }}
        >
          I have confirmed it
        </button>
        {isChange && (
          <button
            type="button"
            className="button small"
            onClick={() => {
              dropping.run(drop);
            }}
          >
            Cancel the change
          </button>
        )}
      </p>
      {sending.isDone && <Notice>A mail is on its way. The link in it is good for 24 hours.</Notice>}
      {sending.problem !== null && <ProblemNotice problem={sending.problem} />}
      {looking.problem !== null && <ProblemNotice problem={looking.problem} />}
      {dropping.problem !== null && <ProblemNotice problem={dropping.problem} />}
    </>
  );
}
