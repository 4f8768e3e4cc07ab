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
import { PageTitle } from '../ui/page-title.js';
import { roleChoices } from './user-choices.js';
import { text } from '../texts/page-texts.js';

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
      title={false}
      transform={({ tokens, ...user }: NewUser) => ({ ...user, ...startingBalance(tokens) })}
      sx={{ maxWidth: 560 }}
    >
      <PageTitle title={text('create.title')} />
      <SimpleForm
        defaultValues={{ role: 'user', email: null, tokens: null }}
        toolbar={
          <Toolbar>
            <SaveButton label={text('create.submit')} alwaysEnable />
          </Toolbar>
        }
      >
        <TextInput
          source="username"
          label={text('user.username')}
          validate={required()}
          autoFocus
          autoComplete="off"
          helperText={text('create.usernameHint')}
          slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
        />
        <PasswordInput
          source="password"
          label={text('create.password')}
          validate={required()}
          autoComplete="new-password"
          helperText={text('create.passwordHint')}
        />
        <TextInput
          source="email"
          label={text('user.email')}
          type="email"
          autoComplete="off"
          helperText={text('create.emailHint')}
        />
        <SelectInput
          source="role"
          label={text('user.role')}
          choices={roleChoices()}
          validate={required()}
          helperText={text('create.roleHint')}
        />
        <TextInput
          source="tokens"
          label={text('create.balance', { unit: unitLabel() })}
          validate={problemOfBalance}
          autoComplete="off"
          slotProps={{ htmlInput: { inputMode: 'decimal' } }}
          helperText={text('create.balanceHint')}
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
