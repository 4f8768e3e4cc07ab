import type { Role, UserStatus } from '../../api/api-objects.js';
import { choicesOf } from '../lists/filter-choices.js';
import { text } from '../texts/page-texts.js';

/** The choices of the filter and field for the role. */
export const roleChoices = () => choicesOf<Role>({ user: text('role.user'), admin: text('role.admin') });

/** The choices of the filter and field for the status. */
export const statusChoices = () =>
  choicesOf<UserStatus>({ active: text('status.active'), disabled: text('status.disabled') });
