import { useDesk } from '../layout/desk.js';
import { useStore } from '../layout/store.js';
import { dayOf } from '../layout/words.js';
import { EmailSection } from './email-section.js';
import { EraseSection } from './erase-section.js';
import { ExportSection } from './export-section.js';
import { KeysSection } from './keys-section.js';
import { PasswordSection } from './password-section.js';
import { SessionsSection } from './sessions-section.js';
import { UsernameSection } from './username-section.js';

/** The settings of the account, each with its own button; `onLeave` is told before the person goes for good. */
export function AccountView({ onLeave }: { onLeave: () => void }) {
  const desk = useDesk();
  const account = useStore(desk.account);
  return (
    <div className="scroll">
      <div className="column settings">
        <h1>Account</h1>
        <p className="quiet title">
          {account.username}, here since {dayOf(account.created_at)}
        </p>
        <UsernameSection />
        <EmailSection />
        <PasswordSection />
        <SessionsSection />
        <KeysSection />
        <ExportSection />
        <EraseSection onLeave={onLeave} />
      </div>
    </div>
  );
}
