import { frame } from './frame.js';
import { lists } from './lists.js';
import { overview } from './overview.js';
import { reactAdmin } from './react-admin.js';
import { session } from './session.js';

/** The English texts of the pages that are loaded at first. */
export const english = {
  ...frame,
  ...lists,
  ...session,
  ...overview,
  ...reactAdmin,
} as const;
