import { api } from '../api/api.js';
import { Form } from '../form/form.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';

export function UsernameSection() {
  const appState = useAppState();
  const { username } = useStore(appState.account);
  return (
    <section aria-labelledby="username-title">
      <h2 id="username-title">Username</h2>
      <Form
        fields={[{ name: 'username', label: 'New username', autoComplete: 'username', initial: username }]}
        submit="Change the username"
        done="Your username is changed."
        onSubmit={async (changed) => {
          const account = await api.changeProfile(changed);
          appState.account.set(() => account);
        }}
      />
    </section>
  );
}
