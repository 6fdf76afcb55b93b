import { html } from "htm/preact";
import { useMemo } from "preact/hooks";
import { useStore } from "../store-context";
import { prefer, preferences, type Preferences } from "../live/preferences";
import { showToast } from "../live/toasts";
import { markAlertsRead, unreadOf } from "../live/unread";
import { requestNotifications, notificationState, playSound, showNotification } from "../live/alert-notifier";
import { Menu } from "../parts/menu";
import { pages } from "../pages";
import { here } from "../here";

type Priority = Preferences["sound"][number];
const priorities: readonly Priority[] = ["high", "medium", "low"];

/** How many alerts are unread, and how new ones are announced: by the page alone until the reader chooses more. */
export function AlertBell() {
  const store = useStore();
  const unread = useMemo(() => unreadOf(store), [store]).value;
  const { sound, notify } = preferences.value;
  const words = unread === null ? "Alerts" : `${unread} unread ${unread === 1 ? "alert" : "alerts"}`;
  const hasPage = pages.some(({ path }) => path === "alerts");

  /** Requested only after a choice: a page that requests unprompted is refused for good. */
  async function chooseNotify(priority: Priority, box: HTMLInputElement): Promise<void> {
    if (!notify.includes(priority) && !(await requestNotifications())) {
      box.checked = false;
      showToast("bad", "The browser does not allow notifications of this page; its address bar has the switch.");
      return;
    }
    prefer({ notify: toggled(notify, priority) });
  }

  return html`<${Menu}
    icon="bell" label=${words}
    face=${
      unread === null || unread === 0 ? null : html`<span class="count hot">${unread >= 20 ? "20+" : unread}</span>`
    }
  >
    ${hasPage ? html`<a href=${here("alerts").href}>All alerts</a>` : null}
    <button type="button" class="closes" onClick=${() => markAlertsRead(store)}>Mark all as read</button>
    <p class="heading">Sound for new alerts</p>
    ${priorities.map(
      (priority) =>
        html`<label key=${priority}>
          <input
            type="checkbox" aria-label=${`Sound for ${priority} alerts`} checked=${sound.includes(priority)}
            onChange=${() => prefer({ sound: toggled(sound, priority) })}
          />
          ${priority}
        </label>`,
    )}
    <p class="heading">Desktop notification</p>
    ${priorities.map(
      (priority) =>
        html`<label key=${priority}>
          <input
            type="checkbox" aria-label=${`Desktop notification for ${priority} alerts`}
            checked=${notify.includes(priority)}
            onChange=${(event: Event) => void chooseNotify(priority, event.currentTarget as HTMLInputElement)}
          />
          ${priority}
        </label>`,
    )}
    <button type="button" onClick=${() => void test()}>Test</button>
  <//>`;
}

function toggled(chosen: readonly Priority[], priority: Priority): Priority[] {
  return chosen.includes(priority) ? chosen.filter((one) => one !== priority) : [...chosen, priority];
}

async function test(): Promise<void> {
  await playSound("high");
  if (notificationState() === "granted") showNotification("Virtuoso", "This is what an alert looks like.");
  showToast("good", "Played the sound of a high alert.");
}
