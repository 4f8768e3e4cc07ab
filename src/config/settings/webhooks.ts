import { setting } from '../setting.js';
import { flag } from '../values/choices.js';

export const webhookSettings = {
  WEBHOOK_ALLOW_PRIVATE: setting(flag, {
    default: 'false',
    help: 'Set to true to allow webhooks to addresses of private networks.',
  }),
};
