/** Puts the text into the clipboard, or marks it where it stands; answers what to say of it. */
export async function copyText(text: string, shownIn: Element | null): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied.";
  } catch {
    // Browsers give the clipboard to pages over TLS and on loopback only.
    const range = document.createRange();
    if (shownIn) range.selectNodeContents(shownIn);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    return "This browser does not let the page copy: it is marked, press Ctrl and C.";
  }
}
