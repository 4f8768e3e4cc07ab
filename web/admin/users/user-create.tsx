import {
  Create,
  NumberInput,
  PasswordInput,
  SaveButton,
  SelectInput,
  SimpleForm,
  TextInput,
  Toolbar,
  required,
} from 'react-admin';
import type { ListedUser, Role } from '../../api/types.js';
import { roleChoices } from './user-choices.js';

/** The values of the form; null for an empty field. */
interface NewUser {
  username: string;
  password: string;
  email: string | null;
  role: Role;
  tokens: number | null;
}

/** Creates an account. An error of the server is shown at its field. */
export function UserCreate() {
  return (
    <Create<ListedUser>
      redirect="show"
      title="Add a user"
      transform={({ tokens, ...user }: NewUser) => ({ ...user, ...(tokens === null ? {} : { tokens }) })}
      sx={{ maxWidth: 560 }}
    >
      <SimpleForm
        defaultValues={{ role: 'user', email: null, tokens: null }}
        toolbar={
          <Toolbar>
            <SaveButton label="Add" alwaysEnable />
          </Toolbar>
        }
      >
        <TextInput
          source="username"
          validate={required()}
          autoFocus
          autoComplete="off"
          helperText="3 to 150 letters, digits and . + - _"
          slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
        />
        <PasswordInput
          source="password"
          validate={required()}
          autoComplete="new-password"
          helperText="At least 8 characters. Pass it on yourself: it is not shown again."
        />
        <TextInput
          source="email"
          type="email"
          autoComplete="off"
          helperText="Optional. A link to confirm it is sent to the address."
        />
        <SelectInput
          source="role"
          choices={roleChoices}
          validate={required()}
          helperText="Administrators can see all data and change all balances."
        />
        <NumberInput
          source="tokens"
          label="Tokens to start with"
          min={0}
          step={1}
          helperText="Optional. The default is the amount that a new user gets who signs up."
        />
      </SimpleForm>
    </Create>
  );
}
