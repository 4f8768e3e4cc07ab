import { api } from '../api/api.js';
import { Form } from '../form/form.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { text } from '../texts/texts.js';

export function UsernameSection() {
  const appState = useAppState();
  const { username } = useStore(appState.account);
  return (
    <section aria-labelledby="username-title">
      <h2 id="username-title">{text('username.title')}</h2>
      <Form
        fields={[
          { name: 'username', label: text('username.label'), autoComplete: 'username', initial: username },
        ]}
        submit={text('username.submit')}
        done={text('username.done')}
        onSubmit={async (changed) => {
          const account = await api.changeProfile(changed);
          appState.account.set(() => account);
        }}
      />
    </section>
  );
}
