import { Edit, SaveButton, SelectInput, SimpleForm, TextInput, Toolbar, required } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import { useRecordQuery } from '../ui/use-record-query.js';
import { PageTitle } from '../ui/page-title.js';
import { roleChoices, statusChoices } from './user-choices.js';
import { text } from '../texts/page-texts.js';

/** Changes an account. An error of the server is shown at its field. */
export default function UserEdit() {
  return (
    <Edit<ListedUser>
      mutationMode="pessimistic"
      redirect="show"
      queryOptions={useRecordQuery('users')}
      title={false}
      transform={(user: ListedUser) => ({ ...user, email: user.email === '' ? null : user.email })}
      sx={{ maxWidth: 560 }}
    >
      <PageTitle title={text('edit.title')} />
      <SimpleForm
        toolbar={
          <Toolbar>
            <SaveButton />
          </Toolbar>
        }
      >
        <TextInput source="username" label={text('user.username')} validate={required()} autoComplete="off" />
        <TextInput
          source="email"
          label={text('user.email')}
          type="email"
          autoComplete="off"
          helperText={text('edit.emailHint')}
        />
        <SelectInput
          source="role"
          label={text('user.role')}
          choices={roleChoices()}
          validate={required()}
          helperText={text('create.roleHint')}
        />
        <SelectInput
          source="status"
          label={text('user.status')}
          choices={statusChoices()}
          validate={required()}
          helperText={text('edit.statusHint')}
        />
      </SimpleForm>
    </Edit>
  );
}
