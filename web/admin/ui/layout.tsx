import LogoutIcon from '@mui/icons-material/Logout';
import { Box, ListItemIcon, ListItemText, MenuItem } from '@mui/material';
import { forwardRef, Suspense, type ReactNode } from 'react';
import {
  AppBar,
  CheckForApplicationUpdate,
  Menu,
  UserMenu,
  Sidebar,
  SkipNavigationButton,
  useGetIdentity,
  useLogout,
  TitlePortal,
  useNotify,
} from 'react-admin';
import { failureMessage } from '../api/failure.js';
import { menuPages } from '../menu-pages.js';
import { leavePages } from '../session/ended-session.js';
import { signOut } from '../session/identity.js';
import { SessionEndedDialog } from '../session/session-ended-dialog.js';
import { Loading } from './loading-and-error.js';
import { useTrackCurrentPath } from './router-provider.js';
import { text } from '../texts/texts.js';
import { LanguageButton } from './language-button.js';

/** The frame of every page: the top bar with the user menu, and the navigation. */
export function Layout({ children }: { children: ReactNode }) {
  useTrackCurrentPath();
  return (
    <Box sx={{ position: 'relative', minHeight: '100vh', bgcolor: 'background.default' }}>
      <SkipNavigationButton />
      <Box sx={{ display: 'flex', pt: { xs: 7, sm: 6 } }}>
        <TopBar />
        <nav aria-label={text('menu.label')}>
          <Sidebar appBarAlwaysOn>
            <NavigationMenu />
          </Sidebar>
        </nav>
        <Box component="main" id="main-content" sx={{ flex: 1, minWidth: 0, p: '0 8px 24px' }}>
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </Box>
      </Box>
      <SessionEndedDialog />
      <CheckForApplicationUpdate />
    </Box>
  );
}

function NavigationMenu() {
  return (
    <Menu>
      <Menu.DashboardItem primaryText={text('menu.overview')} />
      <Menu.ResourceItems />
      {menuPages().map(({ path, label, Icon }) => (
        <Menu.Item key={path} to={path} primaryText={label} leftIcon={<Icon />} />
      ))}
    </Menu>
  );
}

function TopBar() {
  const { identity } = useGetIdentity();
  return (
    <AppBar
      alwaysOn
      userMenu={
        <UserMenu label={identity?.fullName ?? text('menu.account')}>
          <SignOutItem />
        </UserMenu>
      }
    >
      <TitlePortal component="h1" />
      <LanguageButton />
    </AppBar>
  );
}

const SignOutItem = forwardRef<HTMLLIElement>(function SignOutItem(props, ref) {
  const logout = useLogout();
  const notify = useNotify();
  const leave = () => {
    leavePages();
    signOut()
      .then(() => logout({}, undefined, false))
      .catch((error: unknown) => {
        notify(failureMessage(error), { type: 'error' });
      });
  };
  return (
    <MenuItem ref={ref} {...props} onClick={leave}>
      <ListItemIcon>
        <LogoutIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText>{text('menu.signOut')}</ListItemText>
    </MenuItem>
  );
});
