import BlockIcon from '@mui/icons-material/Block';
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutlined';
import EraseIcon from '@mui/icons-material/DeleteForeverOutlined';
import LogoutIcon from '@mui/icons-material/Logout';
import PasswordIcon from '@mui/icons-material/Password';
import { useState } from 'react';
import { Button, Confirm, useDataProvider, useNotify, useRefresh } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import { failureMessage } from '../api/failure.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { Confirming } from '../ui/confirming.js';
import { DialogButton } from '../ui/dialog-button.js';
import { LabelledCheckbox } from '../ui/labelled-checkbox.js';
import { EraseDialog } from './erase-dialog.js';
import { SetPasswordDialog } from './set-password-dialog.js';
import { text } from '../texts/page-texts.js';

/** Opens the dialog that ends all sessions of a user. */
export function SignOutEverywhereButton({ user }: { user: ListedUser }) {
  return (
    <DialogButton label={text('account.signOut')} icon={<LogoutIcon />}>
      {(close) => <SignOutEverywhereDialog user={user} onClose={close} />}
    </DialogButton>
  );
}

function SignOutEverywhereDialog({ user, onClose }: { user: ListedUser; onClose: () => void }) {
  const [isBusy, setIsBusy] = useState(false);
  const [removesKeys, setRemovesKeys] = useState(false);
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();
  const run = async () => {
    setIsBusy(true);
    try {
      await dataProvider.endSessions(user.id, { keys: removesKeys });
      notify(text('account.isSignedOut', { username: user.username }), { type: 'success' });
      refresh();
    } catch (error) {
      notify(failureMessage(error), { type: 'error' });
    } finally {
      onClose();
    }
  };
  return (
    <Confirm
      isOpen
      loading={isBusy}
      title={text('account.signOutTitle', { username: user.username })}
      content={
        <>
          {text('account.signOutAbout')}
          <LabelledCheckbox
            label={text('account.removeKeysToo')}
            isChecked={removesKeys}
            onChange={setRemovesKeys}
          />
        </>
      }
      confirm={text('account.signOut')}
      onConfirm={() => void run()}
      onClose={onClose}
    />
  );
}

/** Disables an account, or enables it again, after a confirmation. */
export function StatusButton({ user: { id, username, status } }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const isActive = status === 'active';
  const label = text(isActive ? 'account.disable' : 'account.enable');
  const run = async () => {
    const data = { status: isActive ? 'disabled' : 'active' };
    try {
      await dataProvider.update('users', { id, data, previousData: { id } });
      notify(text(isActive ? 'account.isDisabled' : 'account.isEnabled', { username }), { type: 'success' });
    } catch (error) {
      notify(failureMessage(error), { type: 'error' });
    }
  };
  return (
    <Confirming
      title={text(isActive ? 'account.disableTitle' : 'account.enableTitle', { username })}
      content={text(isActive ? 'account.disableAbout' : 'account.enableAbout')}
      confirm={label}
      act={run}
    >
      {(ask) => (
        <Button label={label} onClick={ask}>
          {isActive ? <BlockIcon /> : <CheckCircleIcon />}
        </Button>
      )}
    </Confirming>
  );
}

/** Opens the dialog that sets the password of a user. */
export function SetPasswordButton({ user }: { user: ListedUser }) {
  return (
    <DialogButton label={text('account.setPassword')} icon={<PasswordIcon />}>
      {(close) => <SetPasswordDialog user={user} onClose={close} />}
    </DialogButton>
  );
}

/** Opens the dialog that erases an account. */
export function EraseButton({ user }: { user: ListedUser }) {
  return (
    <DialogButton label={text('account.erase')} icon={<EraseIcon />} color="error">
      {(close) => <EraseDialog user={user} onClose={close} />}
    </DialogButton>
  );
}
