import { Button, Card, CardContent, Typography } from '@mui/material';
import { useEffect, useState, type ReactNode } from 'react';
import { useDataProvider, useNotify, useRefresh } from 'react-admin';
import type { ApiKey, Session } from '../../chat/api/contract.js';
import { sentenceOf } from '../api/problem.js';
import { answered } from '../lists/answered.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { Moment } from '../look/moment.js';
import type { User } from './user.js';

interface Access {
  sessions: Session[];
  keys: ApiKey[];
}

/** What gives access to an account: its sessions and its API keys, each of which can be ended here. */
export function UserAccess({ user }: { user: User }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();
  const [access, setAccess] = useState<Access | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const load = async () => {
    try {
      const [sessions, keys] = await Promise.all([
        dataProvider.sessions(user.id),
        dataProvider.keys(user.id),
      ]);
      setAccess({ sessions: answered(sessions), keys: answered(keys) });
    } catch (error) {
      notify(sentenceOf(error), { type: 'error' });
    }
  };
  // Each read of the account, after a change of it as well, brings another object.
  useEffect(() => {
    void load();
  }, [user]);

  const end = async (what: string, act: () => Promise<unknown>) => {
    setIsBusy(true);
    try {
      answered(await act());
      notify(what, { type: 'success' });
      refresh();
    } catch (error) {
      notify(sentenceOf(error), { type: 'error' });
    } finally {
      await load();
      setIsBusy(false);
    }
  };

  if (access === null) return null;
  const { sessions, keys } = access;
  return (
    <Card component="section" aria-labelledby="access-title" sx={{ mb: 2 }}>
      <CardContent>
        <Typography id="access-title" component="h2" variant="h6">
          Sessions and API keys
        </Typography>
        <Rows label="Sessions" empty="No session.">
          {sessions.map((session) => (
            <Row
              key={session.id}
              title={session.user_agent ?? 'A program without a name'}
              action="End"
              label={`End the session of ${session.user_agent ?? 'a program without a name'}`}
              isBusy={isBusy}
              onAct={() => end('The session has ended.', () => dataProvider.endSession(user.id, session.id))}
            >
              Signed in <Moment at={session.created_at} />, last used <Moment at={session.last_used_at} />
              {session.current ? ' (this one)' : ''}
            </Row>
          ))}
        </Rows>
        <Rows label="API keys" empty="No API key.">
          {keys.map((key) => (
            <Row
              key={key.id}
              title={`${key.name} …${key.last_characters}`}
              action="Remove"
              label={`Remove the key ${key.name}`}
              isBusy={isBusy}
              onAct={() => end('The key works no more.', () => dataProvider.removeKey(user.id, key.id))}
            >
              Made <Moment at={key.created_at} />, last used <Moment at={key.last_used_at} absent="never" />
              {key.expires_at === null ? null : (
                <>
                  , good until <Moment at={key.expires_at} />
                </>
              )}
            </Row>
          ))}
        </Rows>
        {keys.length > 1 ? (
          <Button
            color="error"
            disabled={isBusy}
            onClick={() => {
              void end('No API key of the account works any more.', () => dataProvider.removeKeys(user.id));
            }}
          >
            Remove all API keys
          </Button>
        ) : null}
      </CardContent>
    </Card>
  );
}

function Rows({ label, empty, children }: { label: string; empty: string; children: ReactNode[] }) {
  if (children.length === 0) return <Typography color="text.secondary">{empty}</Typography>;
  return (
    <ul aria-label={label} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {children}
    </ul>
  );
}

interface RowProps {
  title: string;
  action: string;
  /** What the button says to a screen reader. */
  label: string;
  isBusy: boolean;
  onAct: () => Promise<void>;
  children: ReactNode;
}

function Row({ title, action, label, isBusy, onAct, children }: RowProps) {
  return (
    <li
      style={{
        display: 'flex',
        gap: 16,
        justifyContent: 'space-between',
        alignItems: 'center',
        padding: '6px 0',
      }}
    >
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Typography>{title}</Typography>
        <Typography variant="body2" color="text.secondary">
          {children}
        </Typography>
      </div>
      <Button size="small" aria-label={label} disabled={isBusy} onClick={() => void onAct()}>
        {action}
      </Button>
    </li>
  );
}
