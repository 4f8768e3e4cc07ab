import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { formatDate } from '../layout/format.js';
import { DisplaySection } from './display-section.js';
import { EmailSection } from './email-section.js';
import { EraseSection } from './erase-section.js';
import { ExportSection } from './export-section.js';
import { FactorsSection } from './factors-section.js';
import { IdentitiesSection } from './identities-section.js';
import { KeysSection } from './keys-section.js';
import { NotificationsSection } from './notifications-section.js';
import { PasswordSection } from './password-section.js';
import { SessionsSection } from './sessions-section.js';
import { UsernameSection } from './username-section.js';
import { text } from '../texts/texts.js';

/** The settings of the account. `onLeave` is called before the session ends because the account is erased. */
export function AccountView({ onLeave }: { onLeave: () => void }) {
  const appState = useAppState();
  const account = useStore(appState.account);
  return (
    <div className="scroll">
      <div className="column settings">
        <h1>{text('account.title')}</h1>
        <p className="quiet title">
          {text('account.since', { username: account.username, date: formatDate(account.created_at) })}
        </p>
        <DisplaySection />
        <UsernameSection />
        <EmailSection />
        <NotificationsSection />
        <PasswordSection />
        <IdentitiesSection />
        <FactorsSection />
        <SessionsSection />
        <KeysSection />
        <ExportSection />
        <EraseSection onLeave={onLeave} />
      </div>
    </div>
  );
}
