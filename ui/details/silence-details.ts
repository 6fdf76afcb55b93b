import { html } from "htm/preact";
import type { SilenceShape } from "../../src/views/silences";
import { ConfirmButton } from "../access/confirm-button";
import { countdownText, endText, hidText, matchText } from "../acts/silence-words";
import { concernsSilences } from "../acts/silences";
import { may } from "../live/access";
import { change } from "../live/change";
import { useResource } from "../live/resource";
import { useStore } from "../store-context";
import { count } from "../parts/numbers";
import { momentText } from "../parts/time";
import { hrefOf } from "../shell/route";
import { Opens } from "./opens";
import { Part } from "./part";
import { Loading, SheetFrame, type SheetProps } from "./sheet";

/** One silence: what it mutes, by whom, until when, and what it hid. */
export function Sheet({ id, close }: SheetProps) {
  const { value, trouble, refetch } = useResource<{ readonly items: readonly SilenceShape[] }>(
    "api/silences?state=all&limit=1000",
    { changedBy: concernsSilences },
  );
  const silence = value?.items.find((each) => each.id === id) ?? null;
  const expire = silence?.state === "active" && may("dashboard.alerts.manage");
  return html`<${SheetFrame}
    opened=${{ kind: "silence", id }} label="Silence" close=${close}
    head=${html`<h2>Silence</h2>
      ${silence === null ? null : html`<span class="quiet">${silence.state}</span>`}
      <span class="quiet wide-only">${id}</span>`}
    foot=${
      expire
        ? html`<${ConfirmButton}
          label="Expire" of=${silence.words} act=${() => change("DELETE", `api/silences/${id}`)} done=${refetch}
        />`
        : null
    }
  >
    ${
      silence === null
        ? html`<${Loading} id=${id} what="silence" trouble=${value === null ? trouble : "There is no silence of this id."} />`
        : html`<${Whole} of=${silence} />`
    }
  <//>`;
}

const endReasons: Readonly<Record<NonNullable<SilenceShape["end_reason"]>, string>> = {
  "time": "its end came",
  "resolved": "its alert ended",
  "unused": "it hid nothing for 24 h",
  "by-hand": "someone ended it",
};

function Whole({ of: silence }: { of: SilenceShape }) {
  const now = useStore().clock.now.value;
  const alert = silence.until_alert;
  return html`<${Part} title="What it mutes">
      <p class="pad message-large" title=${silence.words}>${matchText(silence)}</p>
      <dl class="words">
        <div><dt>High priority</dt><dd>${silence.include_high ? "muted too" : "goes out all the same"}</dd></div>
        ${silence.comment === "" ? null : html`<div><dt>Comment</dt><dd>${silence.comment}</dd></div>`}
        <div><dt>By</dt><dd>${silence.by}</dd></div>
        <div><dt>Since</dt><dd>${momentText(Date.parse(silence.created_at))}</dd></div>
        ${
          silence.ended_at === null
            ? html`<div><dt>Until</dt><dd>
              ${silence.ends_at === null ? endText(silence, now).replace(/^until /, "") : momentText(Date.parse(silence.ends_at))},
              ${" "}${countdownText(silence, now)}
            </dd></div>`
            : html`<div><dt>Ended</dt><dd>
              ${momentText(Date.parse(silence.ended_at))}${silence.end_reason === null ? "" : `: ${endReasons[silence.end_reason]}`}
            </dd></div>`
        }
        ${
          alert === null
            ? null
            : html`
            <div><dt>With</dt><dd>
          <${Opens} kind="alert" id=${alert} label=${`alert ${alert}`}>alert ${alert}<//>
        </dd></div>`
        }
      </dl>
    <//>
    <${Part} title="What it hid" note=${hidText(silence)}>
      <dl class="words">
        <div><dt>Alerts</dt><dd>${count(silence.hidden)}, ${count(silence.hidden_high)} of high priority</dd></div>
        <div><dt>Last hid one</dt><dd>${silence.last_hid_at === null ? "never" : momentText(Date.parse(silence.last_hid_at))}</dd></div>
        <div><dt>Held back</dt><dd><a href=${hrefOf("held-back", null, { reason: "silenced" })}>all that silences hid</a></dd></div>
      </dl>
    <//>`;
}
