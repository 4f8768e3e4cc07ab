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
import { text } from '../texts/page-texts.js';

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
        label={text('bulk.disable')}
        done="bulk.disabled"
        icon={<BlockIcon />}
        question={text('bulk.disableAbout')}
        act={changeStatus('disabled')}
      />
      <BulkAction
        label={text('bulk.enable')}
        done="bulk.enabled"
        icon={<CheckCircleIcon />}
        question={text('bulk.enableAbout')}
        act={changeStatus('active')}
      />
      <BulkAction
        label={text('bulk.signOut')}
        done="bulk.signedOut"
        icon={<LogoutIcon />}
        question={text('bulk.signOutAbout')}
        act={(dataProvider, id) => dataProvider.endSessions(id, { keys: false })}
      />
    </>
  );
}

interface BulkActionProps {
  label: string;
  /** The notification, with the number of accounts. */
  done: 'bulk.disabled' | 'bulk.enabled' | 'bulk.signedOut';
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
        failures.push(text('bulk.failure', { username, reason: failureMessage(error) })),
      );
    }
    const succeeded = selected.length - failures.length;
    notify([text(done, { count: succeeded }), ...failures].join(' '), {
      type: failures.length === 0 ? 'success' : 'error',
      ...(failures.length === 0 ? {} : { autoHideDuration: null }),
    });
    onUnselectItems();
  };

  return (
    <Confirming
      title={text('bulk.title', { action: label, count: selected.length })}
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
