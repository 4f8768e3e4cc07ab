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
import { roleChoices, type User } from './user.js';

/** What the form holds; an input that was left empty is null. */
interface NewUser {
  username: string;
  password: string;
  email: string | null;
  role: User['role'];
  tokens: number | null;
}

/** Makes an account. What the server refuses stands at the field that it is about. */
export function UserCreate() {
  return (
    <Create<User>
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
          helperText="At least 8 characters. Tell it to them yourself: it is shown nowhere later."
        />
        <TextInput
          source="email"
          type="email"
          autoComplete="off"
          helperText="May be left empty. A link to confirm it is sent to the address."
        />
        <SelectInput
          source="role"
          choices={roleChoices}
          validate={required()}
          helperText="Administrators see everything and can change every balance."
        />
        <NumberInput
          source="tokens"
          label="Tokens to start with"
          min={0}
          step={1}
          helperText="Left empty, as many as everybody gets who signs up."
        />
      </SimpleForm>
    </Create>
  );
}
