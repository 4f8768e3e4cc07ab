/** What the owner of an account is notified of. */
export interface NotificationPreferences {
  /** The credits, 1 or more, below which the balance is low; null for the default. */
  lowBalance: number | null;
  /** Whether a mail is sent when the balance is low. */
  mailsLowBalance: boolean;
  /** Whether a mail is sent when an order is paid. */
  mailsPaidOrder: boolean;
}

/** What the owners of accounts are notified of. */
export interface NotificationStore {
  /** Returns the preferences of an account; null if it does not exist. */
  preferences(userId: string): Promise<NotificationPreferences | null>;
  /**
   * Atomic: changes what is present; returns all preferences, or null if the account does not exist. Another threshold causes no
   * event: a balance that is below it counts as notified. `defaultLowBalance` is the threshold without an own one.
   */
  setPreferences(
    userId: string,
    change: Partial<NotificationPreferences>,
    defaultLowBalance: number | null,
  ): Promise<NotificationPreferences | null>;
}
