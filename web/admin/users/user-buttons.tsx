import EraseIcon from '@mui/icons-material/DeleteForeverOutlined';
import LogoutIcon from '@mui/icons-material/Logout';
import PasswordIcon from '@mui/icons-material/Password';
import { useState } from 'react';
import { Button, Confirm, useDataProvider, useNotify, useRefresh } from 'react-admin';
import { sentenceOf } from '../api/problem.js';
import { answered } from '../lists/answered.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { Choice } from '../look/choice.js';
import { EraseDialog } from './erase-dialog.js';
import { SetPasswordDialog } from './set-password-dialog.js';
import type { User } from './user.js';

/** Ends every session of an account. */
export function SignOutEverywhereButton({ user }: { user: User }) {
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [includesKeys, setIncludesKeys] = useState(false);
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();
  const run = async () => {
    setIsBusy(true);
    try {
      answered(await dataProvider.endSessions(user.id, { keys: includesKeys }));
      notify(`${user.username} is signed out everywhere.`, { type: 'success' });
      refresh();
    } catch (error) {
      notify(sentenceOf(error), { type: 'error' });
    } finally {
      setIsBusy(false);
      setIsOpen(false);
    }
  };
  return (
    <>
      <Button
        label="Sign out everywhere"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <LogoutIcon />
      </Button>
      <Confirm
        isOpen={isOpen}
        loading={isBusy}
        title={`Sign ${user.username} out everywhere?`}
        content={
          <>
            Every session of theirs ends at once; they can sign in again.
            <Choice
              label="Remove their API keys as well"
              isChosen={includesKeys}
              onChoose={setIncludesKeys}
            />
          </>
        }
        confirm="Sign out everywhere"
        onConfirm={() => void run()}
        onClose={() => {
          setIsOpen(false);
        }}
      />
    </>
  );
}

/** Leads to what gives an account a new password. */
export function SetPasswordButton({ user }: { user: User }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        label="Set password"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <PasswordIcon />
      </Button>
      {isOpen ? (
        <SetPasswordDialog
          user={user}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      ) : null}
    </>
  );
}

/** Leads to what erases an account. */
export function EraseButton({ user }: { user: User }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        label="Erase"
        color="error"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <EraseIcon />
      </Button>
      {isOpen ? (
        <EraseDialog
          user={user}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      ) : null}
    </>
  );
}
