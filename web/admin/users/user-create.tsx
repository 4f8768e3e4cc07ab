import {
  Create,
  PasswordInput,
  SaveButton,
  SelectInput,
  SimpleForm,
  TextInput,
  Toolbar,
  required,
} from 'react-admin';
import { readCredits, unitLabel } from '../../api/credits.js';
import type { ListedUser, Role } from '../../api/api-objects.js';
import { roleChoices } from './user-choices.js';

/** The values of the form; null for an empty field. */
interface NewUser {
  username: string;
  password: string;
  email: string | null;
  role: Role;
  /** As it was typed, in the unit of the server. */
  tokens: string | null;
}

/** Creates an account. An error of the server is shown at its field. */
export default function UserCreate() {
  return (
    <Create<ListedUser>
      redirect="show"
      title="Add a user"
      transform={({ tokens, ...user }: NewUser) => ({ ...user, ...startingBalance(tokens) })}
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
        <TextInput
          source="tokens"
          label={`${unitLabel()} to start with`}
          validate={problemOfBalance}
          autoComplete="off"
          slotProps={{ htmlInput: { inputMode: 'decimal' } }}
          helperText="Optional. The default is the amount that a new user gets who signs up."
        />
      </SimpleForm>
    </Create>
  );
}

/** What is wrong with the balance that was typed; undefined if nothing is, or if none was typed. */
function problemOfBalance(typed: string | null): string | undefined {
  return isBlank(typed) ? undefined : (readCredits(typed ?? '', 0).problem ?? undefined);
}

/** The balance in credits; nothing if none was typed. */
function startingBalance(typed: string | null): { tokens?: number } {
  if (isBlank(typed)) return {};
  const { credits } = readCredits(typed ?? '', 0);
  return credits === null ? {} : { tokens: credits };
}

function isBlank(typed: string | null): boolean {
  return (typed ?? '').trim() === '';
}
