/** Copies a text. Rejects if the browser offers no clipboard, as on pages without TLS. */
export async function copyText(text: string): Promise<void> {
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard === undefined) throw new TypeError('There is no clipboard.');
  await clipboard.writeText(text);
}
