import type { RefObject } from 'react';
import { basePath } from '../../api/base-path.js';
import { balanceTitle } from '../../api/credits.js';
import { api } from '../api/api.js';
import { useTask } from '../form/use-task.js';
import { ConversationList } from '../list/conversation-list.js';
import { text } from '../texts/texts.js';
import { useAppState } from './app-state.js';
import {
  CloseIcon,
  GearIcon,
  KeyboardIcon,
  LeaveIcon,
  ListIcon,
  Logo,
  PersonIcon,
  PlusIcon,
  SidebarIcon,
} from './icons.js';
import { useRoute } from './route.js';
import { useStore } from './store.js';

interface SidebarProps {
  onLeave: () => void;
  hideButton: RefObject<HTMLButtonElement | null>;
  isNarrow: boolean;
  /** Closes it where it covers the page. */
  onClose: () => void;
  onHide: () => void;
  onShortcuts: () => void;
}

/** The conversations of the account, and links to its other views. */
export function Sidebar({ onLeave, hideButton, isNarrow, onClose, onHide, onShortcuts }: SidebarProps) {
  const appState = useAppState();
  const account = useStore(appState.account);
  const { name } = useRoute();
  const signingOut = useTask();
  const signOut = async () => {
    await api.signOut(onLeave);
    appState.drafts.forget();
  };
  return (
    <>
      <div className="side-top">
        <div className="brand">
          <Logo />
          <span>metered-chat</span>
        </div>
        <button
          ref={hideButton}
          type="button"
          className="icon-button close"
          aria-label={text(isNarrow ? 'shell.close' : 'shell.hideSidebar')}
          onClick={onHide}
        >
          {isNarrow ? <CloseIcon /> : <SidebarIcon />}
        </button>
      </div>
      <button
        type="button"
        className="button begin"
        onClick={() => {
          appState.startConversation();
          onClose();
        }}
      >
        <PlusIcon /> {text('title.newConversation')}
      </button>
      <ConversationList />
      <nav className="side-foot" aria-label={text('shell.navigation')}>
        <a href="#/tokens" aria-current={name === 'tokens' ? 'page' : undefined}>
          <ListIcon /> {balanceTitle()}
        </a>
        <a href="#/account" aria-current={name === 'account' ? 'page' : undefined}>
          <PersonIcon /> <span className="name">{account.username}</span>
        </a>
        {account.role === 'admin' && (
          <a href={`${basePath}/admin/`}>
            <GearIcon /> {text('shell.administration')}
          </a>
        )}
        <button type="button" className="shortcuts-button" onClick={onShortcuts}>
          <KeyboardIcon /> {text('shortcuts.title')}
        </button>
        <button
          type="button"
          onClick={() => {
            signingOut.run(signOut);
          }}
        >
          <LeaveIcon /> {text('shell.signOut')}
        </button>
        {signingOut.problem !== null && <p className="field-errors">{text('shell.signOutFailed')}</p>}
      </nav>
    </>
  );
}
