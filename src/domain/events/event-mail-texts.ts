import type { MailText } from '../mails/mail-texts.js';

// No request causes these mails, so the language of their recipients is not known.

/** A mail that says that the balance of an account is low. Amounts have their unit. */
export function lowBalanceText(
  { available, threshold }: { available: string; threshold: string },
  accountLink: string,
): MailText {
  return {
    subject: 'Your balance is low',
    paragraphs: [
      `Your balance is ${available}, which is less than ${threshold}.`,
      'To get more, to choose another threshold or to turn these mails off, open your account:',
      { href: accountLink },
    ],
  };
}

/** A mail that says that an order is paid. `credits` has its unit. */
export function paidOrderText(
  { orderId, credits }: { orderId: string; credits: string },
  accountLink: string,
): MailText {
  return {
    subject: 'Your order is paid',
    paragraphs: [
      `Thank you. ${credits} were added to your balance by the order ${orderId}.`,
      'To see the order or to turn these mails off, open your account:',
      { href: accountLink },
    ],
  };
}

/** A mail to an administrator about an endpoint that was disabled. */
export function disabledEndpointText(url: string, administrationLink: string): MailText {
  return {
    subject: 'A webhook endpoint was disabled',
    paragraphs: [
      `The deliveries to ${url} failed, and no further attempts are made. What was not delivered is kept for 7 days: ` +
        'once the receiver works again, enable the endpoint, and it gets everything in order.',
      { href: administrationLink },
    ],
  };
}
