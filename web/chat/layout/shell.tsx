import { balanceTitle, creditAmount, creditNumber, unitAfter } from '../../api/credits.js';
import { useEffect, useRef, useState } from 'react';
import { AccountView } from '../account/account-view.js';
import { ConversationView } from '../conversation/conversation-view.js';
import { newConversationId } from '../conversation/conversation-store.js';
import { BalanceView } from '../balance/balance-view.js';
import { useAppState } from './app-state.js';
import { MenuIcon } from './icons.js';
import { useRoute } from './route.js';
import { Sidebar } from './sidebar.js';
import { ShortcutsDialog } from './shortcuts-dialog.js';
import { useStore } from './store.js';
import { useShortcuts } from './use-shortcuts.js';
import { useCollapsedSidebar } from './use-sidebar.js';
import { useRefresh } from './use-refresh.js';
import { lazyView } from './lazy-view.js';
import { text } from '../texts/texts.js';

const BuyView = lazyView(() => import('../shop/buy-view.js'));
const OrderView = lazyView(() => import('../shop/order-view.js'));
const StatementView = lazyView(() => import('../shop/statement-view.js'));

/** The page of a signed-in user: the sidebar with the conversations, one view, and the balance. */
export function Shell({ onLeave }: { onLeave: () => void }) {
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const { refresh } = useAppState();
  const route = useRoute();
  const isNarrow = useIsNarrow();
  const menuButton = useRef<HTMLButtonElement>(null);
  const hideButton = useRef<HTMLButtonElement>(null);
  const main = useRef<HTMLElement>(null);
  const [isCollapsed, setCollapsed] = useCollapsedSidebar();
  const [isListing, setIsListing] = useState(false);
  const isHidden = isNarrow ? !isMenuOpen : isCollapsed;
  const { startConversation } = useAppState();
  const setShown = (isShown: boolean) => {
    if (isNarrow) setIsMenuOpen(isShown);
    else setCollapsed(!isShown);
    // What is hidden is inert until the next render, so it cannot take the focus before.
    requestAnimationFrame(() => {
      const next = isShown ? hideButton.current : menuButton.current;
      next?.focus();
    });
  };
  useShortcuts({
    onNew: () => {
      startConversation();
      setIsMenuOpen(false);
    },
    onSearch: () => {
      setShown(true);
      requestAnimationFrame(() => document.getElementById('search')?.focus());
    },
    onSidebar: () => {
      setShown(isHidden);
    },
    onList: () => {
      setIsListing(true);
    },
  });

  useRefresh(refresh);
  const shownView = route.name === 'conversation' ? route.id : route.name;
  useEffect(() => {
    setIsMenuOpen(false);
  }, [shownView]);
  useEffect(() => {
    if (!isMenuOpen) return undefined;
    const close = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      setIsMenuOpen(false);
      // The page behind the menu is inert until the next render, so it cannot take the focus before.
      requestAnimationFrame(() => menuButton.current?.focus());
    };
    addEventListener('keydown', close);
    return () => {
      removeEventListener('keydown', close);
    };
  }, [isMenuOpen]);

  return (
    <div className={isCollapsed ? 'shell collapsed' : 'shell'}>
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {text('shell.skip')}
      </a>
      <aside className={isMenuOpen ? 'side shown' : 'side'} inert={isHidden}>
        <Sidebar
          onLeave={onLeave}
          hideButton={hideButton}
          isNarrow={isNarrow}
          onClose={() => {
            setIsMenuOpen(false);
          }}
          onHide={() => {
            setShown(false);
          }}
          onShortcuts={() => {
            setIsListing(true);
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
            aria-label={text(isNarrow ? 'shell.menu' : 'shell.showSidebar')}
            aria-expanded={!isHidden}
            onClick={() => {
              setShown(true);
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
      {isListing && (
        <ShortcutsDialog
          onClose={() => {
            setIsListing(false);
          }}
        />
      )}
    </div>
  );
}

function View({ onLeave }: { onLeave: () => void }) {
  const route = useRoute();
  if (route.name === 'tokens') return <BalanceView />;
  if (route.name === 'buy') return <BuyView />;
  if (route.name === 'order') return <OrderView key={route.id} id={route.id} />;
  if (route.name === 'statement') return <StatementView month={route.month} />;
  if (route.name === 'account') return <AccountView onLeave={onLeave} />;
  return <ConversationView id={route.name === 'conversation' ? route.id : newConversationId} />;
}

function Title() {
  const { conversations } = useAppState();
  const { results, pinned } = useStore(conversations.store);
  const route = useRoute();
  const titles: Partial<Record<string, string>> = {
    tokens: balanceTitle(),
    account: text('title.account'),
    buy: text('title.getMore', { unit: unitAfter(2) }),
    order: text('title.order'),
    statement: text('title.statement'),
  };
  const title =
    route.name === 'conversation'
      ? ([...results, ...pinned].find(({ id }) => id === route.id)?.title ?? text('title.conversation'))
      : (titles[route.name] ?? text('title.newConversation'));
  useEffect(() => {
    document.title = `${title} · metered-chat`;
  }, [title]);
  const isHeading = titles[route.name] === undefined;
  return isHeading ? <h1 className="top-title">{title}</h1> : <span className="top-title" />;
}

function BalancePill() {
  const { balance } = useAppState();
  const { tokens: left } = useStore(balance);
  return (
    <a className={left === 0 ? 'pill empty' : 'pill'} href="#/tokens" title={text('shell.balanceTitle')}>
      <strong>{creditNumber(left)}</strong> {unitAfter(left)}
    </a>
  );
}

/** Announces events to screen readers once they are complete, not every chunk of a reply. */
function Announcer() {
  const { announcement, balance } = useAppState();
  const announced = useStore(announcement);
  const { tokens: left } = useStore(balance);
  return (
    <p className="visually-hidden" aria-live="polite">
      {announced} {left === 0 ? text('shell.emptyBalance', { amount: creditAmount(0) }) : ''}
    </p>
  );
}

const narrow = matchMedia('(max-width: 760px)');

function useIsNarrow(): boolean {
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
