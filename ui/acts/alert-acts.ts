import { html } from "htm/preact";
import { feedbackValues } from "../../src/core/act";
import type { AlertDetail } from "../../src/views/trace";
import { ConfirmButton } from "../access/confirm-button";
import { Form, type Given } from "../access/form";
import { may, me } from "../live/access";
import { useStore } from "../store-context";
import { Segmented } from "../parts/segmented";
import { momentText } from "../parts/time";
import { actWords, feedbackWords, standingWords, timeText, type Feedback } from "./act-words";
import { HoldButton } from "./hold-button";
import { MuteButton } from "./mute-button";
import { offeredFor } from "./offered";
import { actAloud, sendAct } from "./send-act";

interface OfAlert {
  readonly of: AlertDetail;
  /** Reads the alert again: what was noted about it sends no frame. */
  readonly changed: () => void;
}

/** Whether someone has it, and what the reader makes of it. */
export function Standing({ of: alert, changed }: OfAlert) {
  const store = useStore();
  const note = alert.state === "acknowledged" ? (alert.acknowledged?.note ?? null) : null;
  return html`<div class="standing">
    <p class=${alert.state === "open" ? "warn" : "quiet"}>
      ${standingWords(alert, store.clock.now.value)}${note === null ? null : html` <q>${note}</q>`}
    </p>
    ${may("dashboard.alerts.manage") ? html`<${FeedbackChoice} of=${alert} changed=${changed} />` : null}
  </div>`;
}

function FeedbackChoice({ of: alert, changed }: OfAlert) {
  const store = useStore();
  const mine = alert.acts.findLast(({ act, by }) => act === "feedback" && by === me.value?.name)?.value ?? null;
  const give = async (value: Feedback) => {
    if ("answer" in (await actAloud(store, alert.id, "feedback", { value }))) changed();
  };
  return html`<${Segmented}
    label="What you made of it" options=${feedbackValues.map((name) => ({ name, label: feedbackWords[name] }))}
    chosen=${mine ?? ""} choose=${(value: Feedback) => void give(value)}
  />`;
}

/** What can be done with it; what has ended can still be muted. */
export function AlertActs({ of: alert, changed }: OfAlert) {
  const store = useStore();
  const { resolve } = offeredFor(alert);
  const over = () => {
    changed();
    // Its button goes with what it did.
    document.querySelector<HTMLElement>(".details-sheet .content")?.focus();
  };
  if (!may("dashboard.alerts.manage")) return null;
  return html`<div class="acts-bar" role="group" aria-label="Acts">
    <${HoldButton} of=${alert} />
    ${
      resolve
        ? html`<${ConfirmButton}
          label="Resolve" of="it is not raised again while its condition goes on" done=${over}
          act=${() => sendAct(store, alert.id, "resolve")}
        />`
        : null
    }
    <${MuteButton} of=${alert} />
  </div>`;
}

/** All that people did with it and wrote about it, and a line to write more. */
export function ActsAndNotes({ of: alert, changed }: OfAlert) {
  const store = useStore();
  const now = store.clock.now.value;
  const note = async ({ text = "" }: Given) => {
    const sent = await sendAct(store, alert.id, "notes", { text });
    if ("trouble" in sent) return sent;
    changed();
    return null;
  };
  return html`<section class="part">
    <header>
      <h3>Acts and notes</h3><span class="quiet">${alert.acts.length === 0 ? "none yet; others see them" : ""}</span>
    </header>
    <ol class="acts-done" aria-label="Acts and notes, oldest first">
      ${alert.acts.map(
        (act, n) =>
          html`<li key=${n}>
            <time class="quiet" datetime=${act.at} title=${momentText(Date.parse(act.at))}>
              ${timeText(Date.parse(act.at), now)}
            </time>
            <span><b>${act.by}</b> ${actWords(act, now)}${act.note === null ? null : html`: <q>${act.note}</q>`}</span>
          </li>`,
      )}
    </ol>
    ${
      may("dashboard.alerts.manage")
        ? html`<${Form} label="A note" button="Add" class="note-line" send=${note}>
          ${() =>
            html`<input
              class="input" name="text" aria-label="Note" placeholder="What did you do, and why" maxlength="1000"
              required autocomplete="off"
            />`}
        <//>`
        : null
    }
  </section>`;
}
