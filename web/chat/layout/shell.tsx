import { basePath } from '../../base-path.js';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/api.js';
import { AccountView } from '../account/account.js';
import { ConversationView } from '../conversation/conversation.js';
import { newThread } from '../conversation/threads.js';
import { useTask } from '../form/use-task.js';
import { ConversationList } from '../list/conversation-list.js';
import { TokensView } from '../tokens/tokens.js';
import { useDesk } from './desk.js';
import { CloseIcon, GearIcon, LeaveIcon, ListIcon, Logo, MenuIcon, PersonIcon, PlusIcon } from './icons.js';
import { useRoute } from './route.js';
import { useStore } from './store.js';
import { useRefresh } from './use-refresh.js';
import { counted, tokens } from './words.js';

/** The page of whoever is signed in: the conversations at its side, one of its views, and the balance always in sight. */
export function Shell({ onLeave }: { onLeave: () => void }) {
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const { refresh } = useDesk();
  const route = useRoute();
  const isNarrow = useNarrow();
  const menuButton = useRef<HTMLButtonElement>(null);
  const main = useRef<HTMLElement>(null);
  const isHidden = isNarrow && !isMenuOpen;

  useRefresh(refresh);
  const place = route.name === 'conversation' ? route.id : route.name;
  useEffect(() => {
    setIsMenuOpen(false);
  }, [place]);
  useEffect(() => {
    if (!isMenuOpen) return undefined;
    const close = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      setIsMenuOpen(false);
      // Until it is drawn anew, the page behind the menu takes no focus.
      requestAnimationFrame(() => menuButton.current?.focus());
    };
    addEventListener('keydown', close);
    return () => {
      removeEventListener('keydown', close);
    };
  }, [isMenuOpen]);

  return (
    <div className="shell">
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        To the conversation
      </a>
      <aside className={isMenuOpen ? 'side shown' : 'side'} inert={isHidden}>
        <Side
          onLeave={onLeave}
          onClose={() => {
            setIsMenuOpen(false);
          }}
        />
      </aside>
      {isMenuOpen && isNarrow && (
        <div
          className="shade"
          onClick={() => {
            setIsMenuOpen(false);
          }}
        />
      )}
      <main ref={main} id="main" tabIndex={-1} inert={isNarrow && isMenuOpen}>
        <header className="top">
          <button
            ref={menuButton}
            type="button"
            className="icon-button menu"
            aria-label="Conversations and account"
            aria-expanded={isMenuOpen}
            onClick={() => {
              setIsMenuOpen(true);
            }}
          >
            <MenuIcon />
          </button>
          <Title />
          <BalancePill />
        </header>
        <View onLeave={onLeave} />
      </main>
      <Announcer />
    </div>
  );
}

function View({ onLeave }: { onLeave: () => void }) {
  const route = useRoute();
  if (route.name === 'tokens') return <TokensView />;
  if (route.name === 'account') return <AccountView onLeave={onLeave} />;
  return <ConversationView id={route.name === 'conversation' ? route.id : newThread} />;
}

function Title() {
  const { conversations } = useDesk();
  const { results } = useStore(conversations.store);
  const route = useRoute();
  const titles: Partial<Record<string, string>> = { tokens: 'Tokens', account: 'Account' };
  const title =
    route.name === 'conversation'
      ? (results.find(({ id }) => id === route.id)?.title ?? 'Conversation')
      : (titles[route.name] ?? 'New conversation');
  useEffect(() => {
    document.title = `${title} · metered-chat`;
  }, [title]);
  const isHeading = titles[route.name] === undefined;
  return isHeading ? <h1 className="top-title">{title}</h1> : <span className="top-title" />;
}

function BalancePill() {
  const { balance } = useDesk();
  const { tokens: left } = useStore(balance);
  return (
    <a
      className={left === 0 ? 'pill empty' : 'pill'}
      href="#/tokens"
      title="What you can spend, and where it went"
    >
      <strong>{counted(left)}</strong> {left === 1 ? 'token' : 'tokens'}
    </a>
  );
}

function Side({ onLeave, onClose }: { onLeave: () => void; onClose: () => void }) {
  const desk = useDesk();
  const account = useStore(desk.account);
  const { name } = useRoute();
  const leaving = useTask();
  const leave = async () => {
    await api.signOut(onLeave);
    desk.drafts.forget();
  };
  return (
    <>
      <div className="side-top">
        <div className="brand">
          <Logo />
          <span>metered-chat</span>
        </div>
        <button type="button" className="icon-button close" aria-label="Close" onClick={onClose}>
          <CloseIcon />
        </button>
      </div>
      <button
        type="button"
        className="button begin"
        onClick={() => {
          desk.begin();
          onClose();
        }}
      >
        <PlusIcon /> New conversation
      </button>
      <ConversationList />
      <nav className="side-foot" aria-label="Account">
        <a href="#/tokens" aria-current={name === 'tokens' ? 'page' : undefined}>
          <ListIcon /> Tokens
        </a>
        <a href="#/account" aria-current={name === 'account' ? 'page' : undefined}>
          <PersonIcon /> <span className="name">{account.username}</span>
        </a>
        {account.role === 'admin' && (
          <a href={`${basePath}/admin/`}>
            <GearIcon /> Administration
          </a>
        )}
        <button
          type="button"
          onClick={() => {
            leaving.run(leave);
          }}
        >
          <LeaveIcon /> Sign out
        </button>
        {leaving.problem !== null && <p className="faults">That did not work. Try again.</p>}
      </nav>
    </>
  );
}

/** Says to who does not see the page what has happened, once it has: never every word as it comes. */
function Announcer() {
  const { announcement, balance } = useDesk();
  const text = useStore(announcement);
  const { tokens: left } = useStore(balance);
  return (
    <p className="visually-hidden" aria-live="polite">
      {text} {left === 0 ? `You have ${tokens(0)} left.` : ''}
    </p>
  );
}

const narrow = matchMedia('(max-width: 760px)');

function useNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(narrow.matches);
  useEffect(() => {
    const change = () => {
      setIsNarrow(narrow.matches);
    };
    narrow.addEventListener('change', change);
    return () => {
      narrow.removeEventListener('change', change);
    };
  }, []);
  return isNarrow;
}
