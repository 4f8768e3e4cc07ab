import { Card, Tab, Tabs } from '@mui/material';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { ListContextProvider, Pagination, ResourceContextProvider, useListController } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import { AuditRows } from '../audit/audit-rows.js';
import { ChatRows } from '../chats/chat-rows.js';
import { EntryRows } from '../ledger/entry-rows.js';
import { Loading } from '../ui/loading-and-error.js';
import { CsvButton } from '../lists/csv-button.js';
import { text } from '../texts/page-texts.js';

const OrderRows = lazy(() => import('../orders/order-rows.js'));

/** The chats, ledger entries, orders and audit events of a user. */
export function UserRecords({ user }: { user: ListedUser }) {
  const [shown, setShown] = useState<Kind>('chats');
  return (
    <Card>
      <Tabs
        value={shown}
        aria-label={text('records.label', { username: user.username })}
        variant="scrollable"
        onChange={(_, chosen: Kind) => {
          setShown(chosen);
        }}
        sx={{ borderBottom: 1, borderColor: 'divider', px: 1 }}
      >
        {kinds.map(({ id, label }) => (
          <Tab key={id} value={id} label={text(label)} id={`tab-${id}`} aria-controls={`records-${id}`} />
        ))}
      </Tabs>
      {kinds.map(({ id, rows, filter }) => (
        <div
          key={id}
          role="tabpanel"
          id={`records-${id}`}
          aria-labelledby={`tab-${id}`}
          hidden={id !== shown}
        >
          {id === shown ? (
            <Records resource={id} filter={filter(user.id)}>
              {rows}
            </Records>
          ) : null}
        </div>
      ))}
    </Card>
  );
}

const kinds = [
  {
    id: 'chats',
    label: 'records.chats',
    rows: <ChatRows scope="user" />,
    filter: (user: string) => ({ user }),
  },
  {
    id: 'entries',
    label: 'records.ledger',
    rows: <EntryRows scope="user" />,
    filter: (user: string) => ({ user }),
  },
  {
    id: 'orders',
    label: 'records.orders',
    rows: <OrderRows scope="user" />,
    filter: (user: string) => ({ user }),
  },
  {
    id: 'audit',
    label: 'records.doneTo',
    rows: <AuditRows />,
    filter: (subject: string) => ({ subject }),
  },
  {
    id: 'audit-by',
    label: 'records.doneBy',
    rows: <AuditRows />,
    filter: (actor: string) => ({ actor }),
  },
] as const;

type Kind = (typeof kinds)[number]['id'];

interface RecordsProps {
  resource: Kind;
  filter: Record<string, string>;
  children: ReactNode;
}

function Records({ resource: kind, filter, children }: RecordsProps) {
  const resource = kind === 'audit-by' ? 'audit' : kind;
  const list = useListController({
    resource,
    filter,
    perPage: 10,
    disableSyncWithLocation: true,
    storeKey: false,
    sort: { field: 'created_at', order: 'DESC' },
  });
  return (
    <ResourceContextProvider value={resource}>
      <ListContextProvider value={list}>
        <div style={{ overflowX: 'auto' }}>
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </div>
        <div
          style={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', justifyContent: 'space-between' }}
        >
          <CsvButton />
          <Pagination rowsPerPageOptions={[10, 25, 50, 100]} />
        </div>
      </ListContextProvider>
    </ResourceContextProvider>
  );
}
