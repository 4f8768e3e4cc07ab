import { Edit, SaveButton, SelectInput, SimpleForm, TextInput, Toolbar, required } from 'react-admin';
import { roleChoices, statusChoices, type User } from './user.js';

/** Changes an account. What the server refuses stands at the field that it is about. */
export function UserEdit() {
  return (
    <Edit<User>
      mutationMode="pessimistic"
      redirect="show"
      title="Edit user"
      transform={(user: User) => ({ ...user, email: user.email === '' ? null : user.email })}
      sx={{ maxWidth: 560 }}
    >
      <SimpleForm
        toolbar={
          <Toolbar>
            <SaveButton />
          </Toolbar>
        }
      >
        <TextInput source="username" validate={required()} autoComplete="off" />
        <TextInput
          source="email"
          type="email"
          autoComplete="off"
          helperText="A new address takes effect once its owner opens the link that is sent to it. Until then the old one stays in force; it gets a mail about the change."
        />
        <SelectInput
          source="role"
          choices={roleChoices}
          validate={required()}
          helperText="Administrators see everything and can change every balance."
        />
        <SelectInput
          source="status"
          choices={statusChoices}
          validate={required()}
          helperText="A disabled account is signed out at once and cannot come in."
        />
      </SimpleForm>
    </Edit>
  );
}
