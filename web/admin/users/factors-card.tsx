import { Button, Card, CardContent, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { useDataProvider, useNotify, useRefresh } from 'react-admin';
import type { Factors, ListedUser } from '../../api/api-objects.js';
import { failureMessage } from '../api/failure.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { useProof } from '../session/use-proof.js';
import { Confirming } from '../ui/confirming.js';
import { Timestamp } from '../ui/timestamp.js';
import { richText, text } from '../texts/page-texts.js';

/** The second factors of a user, and the button that removes them if they have lost one. */
export function FactorsCard({ user }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();
  const [factors, setFactors] = useState<Factors | null>(null);
  const { withProof, dialog } = useProof();
  // `user` is another object after each read, also after a change.
  useEffect(() => {
    dataProvider.factors(user.id).then(setFactors, (error: unknown) => {
      notify(failureMessage(error), { type: 'error' });
    });
  }, [user]);
  const reset = async () => {
    try {
      await withProof(() => dataProvider.resetFactors(user.id));
      notify(text('factors.removed', { username: user.username }), { type: 'success' });
      refresh();
    } catch (error) {
      notify(failureMessage(error), { type: 'error' });
    }
  };
  if (factors === null) return null;
  const { totp, passkeys, recovery_codes_left: codesLeft } = factors;
  const hasAny = totp !== null || passkeys.length > 0;
  return (
    <Card component="section" aria-labelledby="factors-title" sx={{ mb: 2 }}>
      <CardContent>
        <Typography id="factors-title" component="h2" variant="h6">
          {text('factors.title')}
        </Typography>
        {hasAny ? (
          <>
            <ul style={{ margin: 0, paddingLeft: 20, overflowWrap: 'anywhere' }}>
              {totp === null ? null : (
                <li>{richText('factors.totp', { moment: <Timestamp at={totp.created_at} /> })}</li>
              )}
              {passkeys.map((passkey) => (
                <li key={passkey.id}>
                  {richText('factors.passkey', {
                    name: passkey.name,
                    added: <Timestamp at={passkey.created_at} />,
                    lastUsed: <Timestamp at={passkey.last_used_at} absent={text('ui.never')} />,
                  })}
                </li>
              ))}
            </ul>
            <Typography color="text.secondary" sx={{ my: 1 }}>
              {text('factors.codesLeft', { count: codesLeft })}
            </Typography>
            <Confirming
              title={text('factors.removeTitle', { username: user.username })}
              content={text('factors.removeAbout')}
              confirm={text('factors.removeSubmit')}
              act={() => {
                // The dialog closes first: another one may ask for a proof of identity.
                void reset();
                return Promise.resolve();
              }}
            >
              {(ask) => (
                <Button color="error" onClick={ask}>
                  {text('factors.remove')}
                </Button>
              )}
            </Confirming>
          </>
        ) : (
          <Typography color="text.secondary">{text('factors.none')}</Typography>
        )}
        {dialog}
      </CardContent>
    </Card>
  );
}
