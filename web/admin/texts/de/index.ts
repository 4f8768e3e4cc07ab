import type { Translation } from '../../../language/message.js';
import type { english } from '../en/index.js';
import { frame } from './frame.js';
import { lists } from './lists.js';
import { overview } from './overview.js';
import { reactAdmin } from './react-admin.js';
import { session } from './session.js';

/** The German texts of the pages that are loaded at first. */
export const german: Translation<typeof english> = {
  ...frame,
  ...lists,
  ...session,
  ...overview,
  ...reactAdmin,
};
