import { Box, Card, CardContent, Typography } from '@mui/material';
import { EditButton, ShowBase, Title, TopToolbar, useShowContext } from 'react-admin';
import { Fact, Facts } from '../look/fact.js';
import { Moment } from '../look/moment.js';
import { ShortId } from '../look/short-id.js';
import { BalanceCard } from './balance-card.js';
import { EraseButton, SetPasswordButton, SignOutEverywhereButton } from './user-buttons.js';
import { RoleChip, StatusChip } from './user-chips.js';
import { UserAccess } from './user-access.js';
import { UserRecords } from './user-records.js';
import { Failed, Waiting } from '../look/outcome.js';
import type { User } from './user.js';

/** Everything that is known of an account, and everything that can be done about it. */
export function UserPage() {
  return (
    <ShowBase>
      <Content />
    </ShowBase>
  );
}

function Content() {
  const { record: user, error } = useShowContext<User>();
  if (error != null) return <Failed error={error} />;
  if (user === undefined) return <Waiting />;
  return (
    <>
      <Title title={user.username} />
      <div>
        <TopToolbar>
          <EditButton />
          <SetPasswordButton user={user} />
          <SignOutEverywhereButton user={user} />
          <EraseButton user={user} />
        </TopToolbar>
      </div>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          mb: 2,
          gridTemplateColumns: { xs: '1fr', md: 'minmax(0, 2fr) minmax(0, 1fr)' },
        }}
      >
        <Profile user={user} />
        <BalanceCard user={user} />
      </Box>
      <UserAccess user={user} />
      <UserRecords user={user} />
    </>
  );
}

function Profile({ user }: { user: User }) {
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="h5" sx={{ mb: 2, overflowWrap: 'anywhere' }}>
          {user.username}
        </Typography>
        <Facts>
          <Fact name="Email">
            {user.email ?? 'none'}
            {user.email === null ? '' : user.email_verified ? ' (confirmed)' : ' (not confirmed)'}
          </Fact>
          {user.pending_email === null ? null : (
            <Fact name="New email, not confirmed yet">{user.pending_email}</Fact>
          )}
          <Fact name="Role">
            <RoleChip role={user.role} />
          </Fact>
          <Fact name="Status">
            <StatusChip status={user.status} />
          </Fact>
          <Fact name="Joined">
            <Moment at={user.created_at} />
          </Fact>
          <Fact name="Last sign-in">
            <Moment at={user.last_signed_in_at} absent="none yet" />
          </Fact>
          <Fact name="Last seen">
            <Moment at={user.last_seen_at} absent="not with what still works" />
          </Fact>
          <Fact name="Id">
            <ShortId id={user.id} of={user.username} />
          </Fact>
        </Facts>
      </CardContent>
    </Card>
  );
}
