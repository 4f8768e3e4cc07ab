import type { Translation } from '../../../language/message.js';
import type { english } from '../en/index.js';
import { audit } from './audit.js';
import { auditActions } from './audit-actions.js';
import { frame } from './frame.js';
import { lists } from './lists.js';
import { overview } from './overview.js';
import { people } from './people.js';
import { reactAdmin } from './react-admin.js';
import { records } from './records.js';
import { services } from './services.js';
import { session } from './session.js';
import { shop } from './shop.js';
import { wallet } from './wallet.js';

/** The German texts of the administration. */
export const german: Translation<typeof english> = {
  ...frame,
  ...lists,
  ...session,
  ...overview,
  ...people,
  ...wallet,
  ...records,
  ...audit,
  ...auditActions,
  ...shop,
  ...services,
  ...reactAdmin,
};
