import type { Page } from 'playwright-core';

/** The password of all accounts in these tests. */
export const password = 'StrongPass123!';
let nameCount = 0;

/** A username that no other test uses. */
export function newName(): string {
  nameCount += 1;
  return `person_${process.pid}_${nameCount}`;
}

/** Creates an account on the page. Resolves with its username once a message can be sent. */
export async function signUp(page: Page): Promise<string> {
  const username = newName();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await messageBox(page).waitFor();
  return username;
}

/** Signs in on the chat or administration page. */
export async function signIn(page: Page, username: string, signInPassword = password): Promise<void> {
  await page.getByLabel('Username or email').fill(username);
  await page.getByLabel('Password').fill(signInPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export function messageBox(page: Page) {
  return page.getByLabel('Your message');
}

export async function sendMessage(page: Page, text: string): Promise<void> {
  await messageBox(page).fill(text);
  await messageBox(page).press('Enter');
}

export function replies(page: Page) {
  return page.locator('.reply');
}

/** Waits until the page shows this balance. */
export function waitForBalance(page: Page, tokens: string): Promise<void> {
  return page.locator('.pill', { hasText: tokens }).waitFor();
}
