import { Link as MuiLink } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-admin';

/** A link within the administration that looks like the text around it, but for its line. */
export function TextLink({ to, children, label }: { to: string; children: ReactNode; label?: string }) {
  return (
    <MuiLink component={Link} to={to} color="inherit" underline="always" aria-label={label}>
      {children}
    </MuiLink>
  );
}
