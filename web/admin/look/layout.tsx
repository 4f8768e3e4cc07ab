import LogoutIcon from '@mui/icons-material/Logout';
import { ListItemIcon, ListItemText, MenuItem } from '@mui/material';
import { forwardRef, type ReactNode } from 'react';
import {
  AppBar,
  CheckForApplicationUpdate,
  Layout as AdminLayout,
  Menu,
  UserMenu,
  useGetIdentity,
  useLogout,
  useNotify,
} from 'react-admin';
import { sentenceOf } from '../api/problem.js';
import { signOut } from '../session/identity.js';
import { usePathInSight } from './timely-navigation.js';

/** What is around every page: the bar, the way to each list, and who is signed in. */
export function Layout({ children }: { children: ReactNode }) {
  usePathInSight();
  return (
    <AdminLayout appBar={Bar} menu={Ways} appBarAlwaysOn>
      {children}
      <CheckForApplicationUpdate />
    </AdminLayout>
  );
}

function Ways() {
  return (
    <Menu>
      <Menu.DashboardItem primaryText="Overview" />
      <Menu.ResourceItems />
    </Menu>
  );
}

function Bar() {
  const { identity } = useGetIdentity();
  return (
    <AppBar
      userMenu={
        <UserMenu label={identity?.fullName ?? 'Account'}>
          <SignOutItem />
        </UserMenu>
      }
    />
  );
}

const SignOutItem = forwardRef<HTMLLIElement>(function SignOutItem(props, ref) {
  const logout = useLogout();
  const notify = useNotify();
  const leave = () => {
    signOut()
      .then(() => logout({}, undefined, false))
      .catch((error: unknown) => {
        notify(sentenceOf(error), { type: 'error' });
      });
  };
  return (
    <MenuItem ref={ref} {...props} onClick={leave}>
      <ListItemIcon>
        <LogoutIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText>Sign out</ListItemText>
    </MenuItem>
  );
});
