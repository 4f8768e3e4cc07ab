import { Button, Card, CardContent, Typography } from '@mui/material';
import { useEffect, useState, type ReactNode } from 'react';
import { useDataProvider, useNotify, useRefresh } from 'react-admin';
import type { ApiKey, Identity, ListedUser, Session } from '../../api/api-objects.js';
import { failureMessage } from '../api/failure.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { Timestamp } from '../ui/timestamp.js';
import { richText, text } from '../texts/page-texts.js';

interface Access {
  identities: Identity[];
  sessions: Session[];
  keys: ApiKey[];
}

/** The sessions, identities and API keys of a user, each with a button that ends it. */
export function SessionsAndKeysCard({ user }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();
  const [access, setAccess] = useState<Access | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const load = async () => {
    try {
      const [identities, sessions, keys] = await Promise.all([
        dataProvider.identities(user.id),
        dataProvider.sessions(user.id),
        dataProvider.keys(user.id),
      ]);
      setAccess({ identities, sessions, keys });
    } catch (error) {
      notify(failureMessage(error), { type: 'error' });
    }
  };
  // `user` is another object after each read, also after a change.
  useEffect(() => {
    void load();
  }, [user]);

  const end = async (message: string, act: () => Promise<unknown>) => {
    setIsBusy(true);
    try {
      await act();
      notify(message, { type: 'success' });
      refresh();
    } catch (error) {
      notify(failureMessage(error), { type: 'error' });
    } finally {
      await load();
      setIsBusy(false);
    }
  };

  if (access === null) return null;
  const { identities, sessions, keys } = access;
  return (
    <Card component="section" aria-labelledby="access-title" sx={{ mb: 2 }}>
      <CardContent>
        <Typography id="access-title" component="h2" variant="h6">
          {text('access.title')}
        </Typography>
        <Rows label={text('access.sessions')} empty={text('access.noSessions')}>
          {sessions.map((session) => (
            <Row
              key={session.id}
              title={session.user_agent ?? text('access.unknownClient')}
              action={text('access.end')}
              label={text('access.endSession', {
                client: session.user_agent ?? text('access.unknownClient'),
              })}
              isBusy={isBusy}
              onAct={() =>
                end(text('access.sessionEnded'), () => dataProvider.endSession(user.id, session.id))
              }
            >
              {richText(session.current ? 'access.thisSession' : 'access.session', {
                signedIn: <Timestamp at={session.created_at} />,
                lastUsed: <Timestamp at={session.last_used_at} />,
              })}
            </Row>
          ))}
        </Rows>
        {identities.length === 0 ? null : (
          <Rows label={text('access.identities')} empty="">
            {identities.map((identity) => {
              const name = identity.provider ?? identity.issuer;
              return (
                <Row
                  key={identity.id}
                  title={
                    identity.label === null
                      ? name
                      : text('access.identity', { provider: name, label: identity.label })
                  }
                  action={text('ui.remove')}
                  label={text('access.removeIdentity', { name })}
                  isBusy={isBusy}
                  onAct={() =>
                    end(text('access.identityRemoved'), () =>
                      dataProvider.removeIdentity(user.id, identity.id),
                    )
                  }
                >
                  {richText('access.subject', {
                    subject: identity.subject,
                    lastUsed: <Timestamp at={identity.last_used_at} />,
                  })}
                </Row>
              );
            })}
          </Rows>
        )}
        <Rows label={text('access.keys')} empty={text('access.noKeys')}>
          {keys.map((key) => (
            <Row
              key={key.id}
              title={`${key.name} …${key.last_characters}`}
              action={text('ui.remove')}
              label={text('access.removeKey', { name: key.name })}
              isBusy={isBusy}
              onAct={() => end(text('access.keyRemoved'), () => dataProvider.removeKey(user.id, key.id))}
            >
              {richText('access.key', {
                created: <Timestamp at={key.created_at} />,
                lastUsed: <Timestamp at={key.last_used_at} absent={text('ui.never')} />,
              })}
              {key.expires_at === null ? null : (
                <>, {richText('access.keyExpires', { moment: <Timestamp at={key.expires_at} /> })}</>
              )}
              {key.models === null ? null : (
                <>, {text('access.keyModels', { models: key.models.join(', ') })}</>
              )}
            </Row>
          ))}
        </Rows>
        {keys.length > 1 ? (
          <Button
            color="error"
            disabled={isBusy}
            onClick={() => {
              void end(text('access.allKeysRemoved'), () => dataProvider.removeKeys(user.id));
            }}
          >
            {text('access.removeAllKeys')}
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
  /** The accessible name of the button. */
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
