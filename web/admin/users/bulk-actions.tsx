import BlockIcon from '@mui/icons-material/Block';
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutlined';
import LogoutIcon from '@mui/icons-material/Logout';
import { useState } from 'react';
import { Button, Confirm, useDataProvider, useListContext, useNotify, useRefresh } from 'react-admin';
import { sentenceOf } from '../api/problem.js';
import { answered } from '../lists/answered.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { counted } from '../look/counted.js';
import type { User } from './user.js';

type Act = (dataProvider: AdminDataProvider, id: string) => Promise<unknown>;

const changeStatus =
  (status: User['status']): Act =>
  (dataProvider, id) =>
    dataProvider.update('users', { id, data: { status }, previousData: { id } });

/** What can be done to every selected account at once. */
export function BulkActions() {
  return (
    <>
      <BulkAction
        label="Disable"
        done="disabled"
        icon={<BlockIcon />}
        question="They are signed out at once and cannot come in until they are enabled again."
        act={changeStatus('disabled')}
      />
      <BulkAction
        label="Enable"
        done="enabled"
        icon={<CheckCircleIcon />}
        question="They can sign in again."
        act={changeStatus('active')}
      />
      <BulkAction
        label="Sign out everywhere"
        done="signed out everywhere"
        icon={<LogoutIcon />}
        question="Every session of theirs ends; their API keys stay."
        act={(dataProvider, id) => dataProvider.endSessions(id, { keys: false })}
      />
    </>
  );
}

interface BulkActionProps {
  label: string;
  /** What has become of an account. */
  done: string;
  icon: React.ReactElement;
  question: string;
  act: Act;
}

function BulkAction({ label, done, icon, question, act }: BulkActionProps) {
  const { selectedIds, onUnselectItems, data } = useListContext<User>();
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const notify = useNotify();
  const refresh = useRefresh();

  const run = async () => {
    setIsBusy(true);
    const failures: string[] = [];
    for (const id of selectedIds) {
      const name = data?.find((user) => user.id === id)?.username ?? id;
      await act(dataProvider, id)
        .then(answered)
        .catch((error: unknown) => failures.push(`${name}: ${sentenceOf(error)}`));
    }
    const succeeded = selectedIds.length - failures.length;
    notify([`${counted(succeeded, 'account')} ${done}.`, ...failures].join(' '), {
      type: failures.length === 0 ? 'success' : 'error',
      ...(failures.length === 0 ? {} : { autoHideDuration: null }),
    });
    setIsBusy(false);
    setIsOpen(false);
    onUnselectItems();
    refresh();
  };

  return (
    <>
      <Button
        label={label}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {icon}
      </Button>
      <Confirm
        isOpen={isOpen}
        loading={isBusy}
        title={`${label}: ${counted(selectedIds.length, 'account')}`}
        content={question}
        confirm={label}
        onConfirm={() => void run()}
        onClose={() => {
          setIsOpen(false);
        }}
      />
    </>
  );
}
