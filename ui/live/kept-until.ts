/**
 * Until when the access token is good, epoch ms, as every tab of this browser knows it. What shows who one is, is in
 * no script's reach.
 */
const key = "virtuoso.signed-in-until";

/** Null before a sign-in from here, and after a sign-out. */
export function keptUntil(): number | null {
  const kept = Number(localStorage.getItem(key) ?? "");
  return kept > 0 ? kept : null;
}

export function keepUntil(until: number | null): void {
  if (until === null) localStorage.removeItem(key);
  else localStorage.setItem(key, String(until));
}

/** Another tab signed in, went on, or signed out. Returns how to stop. */
export function onOtherTab(changed: () => void): () => void {
  const listener = (event: StorageEvent) => {
    if (event.key === key || event.key === null) changed();
  };
  globalThis.addEventListener("storage", listener);
  return () => globalThis.removeEventListener("storage", listener);
}
