import BlockIcon from '@mui/icons-material/Block';
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutlined';
import LogoutIcon from '@mui/icons-material/Logout';
import { Box } from '@mui/material';
import { Button, useDataProvider, useListContext, useNotify } from 'react-admin';
import type { ListedUser, UserStatus } from '../../api/api-objects.js';
import { failureMessage } from '../api/failure.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { Confirming } from '../ui/confirming.js';
import { namesOf } from '../ui/names-of.js';
import { pluralize } from '../ui/pluralize.js';

type Act = (dataProvider: AdminDataProvider, id: string) => Promise<unknown>;

const changeStatus =
  (status: UserStatus): Act =>
  (dataProvider, id) =>
    dataProvider.update('users', { id, data: { status }, previousData: { id } });

/** The actions for all selected accounts. */
export function BulkActions() {
  return (
    <>
      <BulkAction
        label="Disable"
        done="disabled"
        icon={<BlockIcon />}
        question="The users are signed out at once and cannot sign in until they are enabled again."
        act={changeStatus('disabled')}
      />
      <BulkAction
        label="Enable"
        done="enabled"
        icon={<CheckCircleIcon />}
        question="The users can sign in again."
        act={changeStatus('active')}
      />
      <BulkAction
        label="Sign out everywhere"
        done="signed out everywhere"
        icon={<LogoutIcon />}
        question="All sessions of the users end. Their API keys stay."
        act={(dataProvider, id) => dataProvider.endSessions(id, { keys: false })}
      />
    </>
  );
}

interface BulkActionProps {
  label: string;
  /** The past participle for the notification, such as `disabled`. */
  done: string;
  icon: React.ReactElement;
  question: string;
  act: Act;
}

function BulkAction({ label, done, icon, question, act }: BulkActionProps) {
  const { selectedIds, onUnselectItems, data = [] } = useListContext<ListedUser>();
  // Only those that are seen.
  const selected = data.filter(({ id }) => selectedIds.includes(id));
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();

  const run = async () => {
    const failures: string[] = [];
    for (const { id, username } of selected) {
      await act(dataProvider, id).catch((error: unknown) =>
        failures.push(`${username}: ${failureMessage(error)}`),
      );
    }
    const succeeded = selected.length - failures.length;
    notify([`${pluralize(succeeded, 'account')} ${done}.`, ...failures].join(' '), {
      type: failures.length === 0 ? 'success' : 'error',
      ...(failures.length === 0 ? {} : { autoHideDuration: null }),
    });
    onUnselectItems();
  };

  return (
    <Confirming
      title={`${label}: ${pluralize(selected.length, 'account')}`}
      content={
        <>
          <Box component="span" sx={{ display: 'block', mb: 1, fontWeight: 650, overflowWrap: 'anywhere' }}>
            {namesOf(selected.map(({ username }) => username))}
          </Box>
          {question}
        </>
      }
      confirm={label}
      act={run}
    >
      {(ask) => (
        <Button label={label} onClick={ask}>
          {icon}
        </Button>
      )}
    </Confirming>
  );
}
