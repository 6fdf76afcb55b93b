import { showToast } from "../live/toasts";

/** Hands an address to the phone's own sharing, or to the clipboard where there is none. */
export async function share(title: string, url: string): Promise<void> {
  if (typeof navigator.share === "function") {
    // Refused or closed: the reader knows.
    await navigator.share({ title, url }).catch(() => undefined);
    return;
  }
  // Browsers give pages the clipboard only where the connection is secure.
  const copied = globalThis.isSecureContext
    ? await navigator.clipboard.writeText(url).then(
        () => true,
        () => false,
      )
    : false;
  showToast(copied ? "good" : "bad", copied ? "The link is copied." : `The browser does not allow it: ${url}`);
}
