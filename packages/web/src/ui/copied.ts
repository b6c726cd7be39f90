/** Puts the text on the clipboard. False: the browser has none for this page, as without HTTPS; then people copy by hand. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
