import type { Role, UserStatus } from '../../api/api-objects.js';
import { choicesOf } from '../lists/filter-choices.js';

/** The choices of the filter and field for the role. */
export const roleChoices = choicesOf<Role>({ user: 'User', admin: 'Administrator' });

/** The choices of the filter and field for the status. */
export const statusChoices = choicesOf<UserStatus>({ active: 'Active', disabled: 'Disabled' });
