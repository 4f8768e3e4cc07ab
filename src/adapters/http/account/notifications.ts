import * as v from 'valibot';
import type { AccountNotifications } from '../../../domain/users/notifications.js';
import { creditsFromOne, jsonObject } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count } from '../kit/response-fields.js';

const notificationsResponse = namedSchema(
  'Notifications',
  v.object({
    low_balance: v.nullable(count),
    default_low_balance: v.nullable(count),
    mail_balance_low: v.boolean(),
    mail_order_paid: v.boolean(),
  }),
);

const flag = v.optional(v.boolean('Must be true or false.'));

const notificationsChange = namedSchema(
  'NotificationsChange',
  jsonObject({
    low_balance: v.nullish(creditsFromOne),
    mail_balance_low: flag,
    mail_order_paid: flag,
  }),
);

const example = {
  low_balance: null,
  default_low_balance: 500,
  mail_balance_low: true,
  mail_order_paid: true,
};

export const readNotifications = defineRoute({
  method: 'GET',
  path: '/api/me/notifications/',
  id: 'readNotifications',
  tag: 'Accounts',
  summary: 'Read the notifications of the account',
  description:
    '`low_balance`: the tokens below which the balance is low; null for `default_low_balance`, which is null if the operator has set none.',
  access: 'account',
  responses: { 200: { description: 'The settings.', json: notificationsResponse, example } },
  handler: async ({ c, core, caller }) => c.json(present(await core.users.notifications({ caller }))),
});

export const changeNotifications = defineRoute({
  method: 'PATCH',
  path: '/api/me/notifications/',
  id: 'changeNotifications',
  tag: 'Accounts',
  summary: 'Change the notifications of the account',
  access: 'account',
  body: { schema: notificationsChange, examples: { threshold: { low_balance: 1000 } } },
  responses: { 200: { description: 'The changed settings.', json: notificationsResponse, example } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, body }) => {
    const { low_balance: lowBalance, mail_balance_low, mail_order_paid } = body;
    const change = {
      ...(lowBalance === undefined ? {} : { lowBalance }),
      ...(mail_balance_low === undefined ? {} : { mailsLowBalance: mail_balance_low }),
      ...(mail_order_paid === undefined ? {} : { mailsPaidOrder: mail_order_paid }),
    };
    return c.json(present(await core.users.changeNotifications({ caller, change })));
  },
});

function present(notifications: AccountNotifications): v.InferOutput<typeof notificationsResponse> {
  return {
    low_balance: notifications.lowBalance,
    default_low_balance: notifications.defaultLowBalance,
    mail_balance_low: notifications.mailsLowBalance,
    mail_order_paid: notifications.mailsPaidOrder,
  };
}
