import { html } from "htm/preact";
import type { SilenceShape } from "../../src/views/silences";
import { ConfirmButton } from "../access/confirm-button";
import { may } from "../live/access";
import { change } from "../live/change";
import { useResource } from "../live/resource";
import { useStore } from "../store-context";
import { Opens } from "../details/opens";
import { Icon } from "../parts/icon";
import type { Frame } from "../wire";
import { activeText, countdownText, hidText } from "./silence-words";

/** The silences that hold, newest first; null until they are known. */
export function useSilences() {
  return useResource<{ readonly items: readonly SilenceShape[] }>("api/silences", { changedBy: concernsSilences });
}

export const concernsSilences = (frame: Frame) => frame.type === "silences_changed" || frame.type === "held_back";

/** One line that says how many hold; under it each, with its end. */
export function Silences({ of: silences, changed }: { of: readonly SilenceShape[]; changed: () => void }) {
  const now = useStore().clock.now.value;
  return html`<details class="silences">
    <summary><${Icon} name="mute" /><span>${activeText(silences, now)}</span></summary>
    <ul class="rows" aria-label="Active silences">
      ${silences.map((silence) => html`<${Line} key=${silence.id} of=${silence} now=${now} changed=${changed} />`)}
    </ul>
  </details>`;
}

function Line({ of: silence, now, changed }: { of: SilenceShape; now: number; changed: () => void }) {
  const { id, words, by, comment, include_high: high } = silence;
  return html`<li class="row">
    <div>
      <b><${Opens} kind="silence" id=${id} label=${`silence ${words}`}>${words}<//></b>${comment === "" ? null : html` <q>${comment}</q>`}
      <p class="quiet">
        ${[countdownText(silence, now), hidText(silence), high ? "high too" : "but not high", `by ${by}`].join(" · ")}
      </p>
    </div>
    ${
      may("dashboard.alerts.manage")
        ? html`<${ConfirmButton}
          label="End now" of=${words} act=${() => change("DELETE", `api/silences/${id}`)} done=${changed}
        />`
        : null
    }
  </li>`;
}
