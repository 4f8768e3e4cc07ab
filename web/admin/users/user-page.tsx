import { Box, Card, CardContent, Typography } from '@mui/material';
import { lazy, Suspense } from 'react';
import { EditButton, ShowBase, TopToolbar } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import { ConversationsCard } from '../conversations/conversations-card.js';
import { Detail, DetailList } from '../ui/details.js';
import { Timestamp } from '../ui/timestamp.js';
import { ShortId } from '../ui/short-id.js';
import { AllowanceCard } from './allowance-card.js';
import { BalanceCard } from './balance-card.js';
import { CapsCard } from './caps-card.js';
import { FactorsCard } from './factors-card.js';
import { EraseButton, SetPasswordButton, SignOutEverywhereButton, StatusButton } from './user-buttons.js';
import { LotsCard } from './lots-card.js';
import { RoleChip, StatusChip } from './user-chips.js';
import { SessionsAndKeysCard } from './sessions-and-keys-card.js';
import { UsageCard } from './usage-card.js';
import { UserRecords } from './user-records.js';
import { useRecordQuery } from '../ui/use-record-query.js';
import { useShownRecord } from '../ui/use-shown-record.js';
import { LoadError, Loading } from '../ui/loading-and-error.js';
import { text } from '../texts/page-texts.js';
import { PageTitle } from '../ui/page-title.js';

const StatementCard = lazy(() => import('../statement/statement-card.js'));

/** The page of one user: profile, balance, sessions, keys, records, and the actions. */
export default function UserPage() {
  return (
    <ShowBase queryOptions={useRecordQuery('users')}>
      <Content />
    </ShowBase>
  );
}

function Content() {
  const { record: user, error } = useShownRecord<ListedUser>();
  if (error != null) return <LoadError error={error} />;
  if (user === undefined) return <Loading />;
  return (
    <>
      <PageTitle title={user.username} />
      <div>
        <TopToolbar>
          <EditButton />
          <StatusButton user={user} />
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
      <UsageCard user={user} />
      <Suspense fallback={<Loading />}>
        <StatementCard user={user} />
      </Suspense>
      <LotsCard user={user} />
      <AllowanceCard user={user} />
      <CapsCard user={user} />
      <SessionsAndKeysCard user={user} />
      <FactorsCard user={user} />
      <ConversationsCard user={user} />
      <UserRecords user={user} />
    </>
  );
}

function Profile({ user }: { user: ListedUser }) {
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="h5" sx={{ mb: 2, overflowWrap: 'anywhere' }}>
          {user.username}
        </Typography>
        <DetailList>
          <Detail name={text('user.email')}>
            {user.email === null
              ? text('user.noEmail')
              : text(user.email_verified ? 'user.emailConfirmed' : 'user.emailNotConfirmed', {
                  email: user.email,
                })}
          </Detail>
          {user.pending_email === null ? null : (
            <Detail name={text('user.newEmail')}>{user.pending_email}</Detail>
          )}
          <Detail name={text('user.role')}>
            <RoleChip role={user.role} />
          </Detail>
          <Detail name={text('user.status')}>
            <StatusChip status={user.status} />
          </Detail>
          <Detail name={text('user.joined')}>
            <Timestamp at={user.created_at} />
          </Detail>
          <Detail name={text('user.lastSignIn')}>
            <Timestamp at={user.last_signed_in_at} absent={text('ui.never')} />
          </Detail>
          <Detail name={text('user.lastActive')}>
            <Timestamp at={user.last_seen_at} absent={text('ui.never')} />
          </Detail>
          <Detail name={text('user.id')}>
            <ShortId id={user.id} of={user.username} />
          </Detail>
        </DetailList>
      </CardContent>
    </Card>
  );
}
