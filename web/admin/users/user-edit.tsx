import { Edit, SaveButton, SelectInput, SimpleForm, TextInput, Toolbar, required } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import { useRecordQuery } from '../ui/use-record-query.js';
import { roleChoices, statusChoices } from './user-choices.js';

/** Changes an account. An error of the server is shown at its field. */
export default function UserEdit() {
  return (
    <Edit<ListedUser>
      mutationMode="pessimistic"
      redirect="show"
      queryOptions={useRecordQuery('users')}
      title="Edit user"
      transform={(user: ListedUser) => ({ ...user, email: user.email === '' ? null : user.email })}
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
          helperText="A new address takes effect once its owner opens the link that is sent to it. The old address gets a mail about the change and is used until then."
        />
        <SelectInput
          source="role"
          choices={roleChoices}
          validate={required()}
          helperText="Administrators can see all data and change all balances."
        />
        <SelectInput
          source="status"
          choices={statusChoices}
          validate={required()}
          helperText="A disabled account is signed out at once and cannot sign in."
        />
      </SimpleForm>
    </Edit>
  );
}
