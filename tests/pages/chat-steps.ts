import type { Page } from 'playwright-core';

/** What all the accounts of these tests have. */
export const password = 'StrongPass123!';
let names = 0;

/** A username that no other test has. */
export function newName(): string {
  names += 1;
  return `person_${process.pid}_${names}`;
}

/** Creates an account on the page; resolves with its username once a message can be written. */
export async function signUp(page: Page): Promise<string> {
  const username = newName();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await messageBox(page).waitFor();
  return username;
}

/** Signs in on the chat page, or on the administration's. */
export async function signIn(page: Page, username: string, chosen = password): Promise<void> {
  await page.getByLabel('Username or email').fill(username);
  await page.getByLabel('Password').fill(chosen);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export function messageBox(page: Page) {
  return page.getByLabel('Your message');
}

export async function say(page: Page, text: string): Promise<void> {
  await messageBox(page).fill(text);
  await messageBox(page).press('Enter');
}

export function replies(page: Page) {
  return page.locator('.reply');
}

/** Resolves once the balance in sight is this. */
export function balanceShown(page: Page, tokens: string): Promise<void> {
  return page.locator('.pill', { hasText: tokens }).waitFor();
}
