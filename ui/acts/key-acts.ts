import { may } from "../live/access";
import { showToast } from "../live/toasts";

/** The keys that act on the alert one is at: on the focused row, or on the one that is open. */
const actOf: Readonly<Record<string, string>> = { a: "acknowledge", m: "mute" };

/** Presses the alert's own button, or says why there is none. False where the key means nothing here. */
export function actByKey(key: string, focused: Element | null): boolean {
  const act = actOf[key];
  const alert = act === undefined ? null : alertAt(focused);
  if (alert === null) return false;
  const buttons = [...alert.querySelectorAll<HTMLButtonElement>("[data-act]")];
  const button = buttons.find(({ dataset }) => dataset["act"] === act);
  if (button !== undefined) button.click();
  else if (!may("dashboard.alerts.manage")) showToast("bad", "Acts on alerts are not among what this account may do.");
  // Without any it is still loading.
  else if (buttons.length > 0) showToast("bad", "This alert has ended: no one needs to have it.");
  return true;
}

/** What is open above the page hides its rows; the last of what is open is on top. */
function alertAt(focused: Element | null): Element | null {
  const at = focused?.closest("[data-alert]") ?? null;
  const open = [...document.querySelectorAll("dialog[open]")].at(-1);
  if (open === undefined || (at !== null && open.contains(at))) return at;
  return open.querySelector(":scope > [data-alert]");
}
