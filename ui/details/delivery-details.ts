import { html } from "htm/preact";
import { useState } from "preact/hooks";
import type { DeliveryShape } from "../../src/views/deliveries";
import { ConfirmButton } from "../access/confirm-button";
import { may } from "../live/access";
import { change } from "../live/change";
import { useResource } from "../live/resource";
import { useStore } from "../store-context";
import { Age } from "../parts/age";
import { count } from "../parts/numbers";
import { momentText } from "../parts/time";
import { deliveryText, purposeText } from "./delivery-words";
import { Opens } from "./opens";
import { Part } from "./part";
import { Loading, SheetFrame, type SheetProps } from "./sheet";

/** One message to a channel: what for, its tries, and what the channel answered. Its id is its alert's and its own. */
export function Sheet({ id, close }: SheetProps) {
  const [alert = "", own = ""] = id.split("/");
  const { value, trouble, refetch } = useResource<{ readonly items: readonly DeliveryShape[] }>(
    `api/deliveries?alert=${encodeURIComponent(alert)}&limit=100`,
    { changedBy: (frame) => frame.type === "delivery_changed" && frame.delivery.alert_id === alert },
  );
  const delivery = value?.items.find((each) => each.id === own) ?? null;
  const title = delivery === null ? "Delivery" : `To ${delivery.channel}`;
  return html`<${SheetFrame}
    opened=${{ kind: "delivery", id }} label=${title} close=${close}
    head=${html`<h2>${title}</h2>
      ${
        delivery === null
          ? null
          : html`<span class="quiet">${delivery.state}</span><span class="quiet"><${Age} at=${delivery.created_at} /></span>`
      }
      <span class="quiet wide-only">${own}</span>`}
    foot=${delivery === null ? null : html`<${Acts} of=${delivery} changed=${refetch} />`}
  >
    ${
      delivery === null
        ? html`<${Loading} id=${own} what="delivery" trouble=${value === null ? trouble : "There is no delivery of this id."} />`
        : html`<${Whole} of=${delivery} />`
    }
  <//>`;
}

function Whole({ of: delivery }: { of: DeliveryShape }) {
  const { alert_id: alert, state } = delivery;
  return html`<${Part} title="How it stands">
    <p class="pad message-large">${deliveryText(delivery, useStore().clock.now.value)}</p>
    <dl class="words">
      <div><dt>Channel</dt><dd>${delivery.channel}</dd></div>
      <div><dt>What for</dt><dd>
        ${purposeText(delivery) || "the alert itself"}${
          alert === null
            ? null
            : html`
            , <${Opens} kind="alert" id=${alert} label=${`alert ${alert}`}>alert ${alert}<//>`
        }
      </dd></div>
      <div><dt>Route</dt><dd>${delivery.route === null ? "none was needed" : `${delivery.route}, step ${delivery.step + 1}`}</dd></div>
      <div><dt>Decided</dt><dd>${momentText(Date.parse(delivery.created_at))}</dd></div>
      <div><dt>Tries</dt><dd>${count(delivery.attempts)}</dd></div>
      <div><dt>Last answer</dt><dd>${delivery.last_answer ?? "none yet"}</dd></div>
      ${state === "due" ? html`<div><dt>Next try</dt><dd>${momentText(Date.parse(delivery.due_at))}</dd></div>` : null}
      ${
        delivery.accepted_at === null
          ? null
          : html`<div><dt>Accepted</dt><dd>${momentText(Date.parse(delivery.accepted_at))}</dd></div>`
      }
      ${
        delivery.folded_into === null || alert === null
          ? null
          : html`<div><dt>Sent within</dt><dd>${delivery.folded_into}</dd></div>`
      }
    </dl>
  <//>`;
}

/** Tried again where it was not accepted, withdrawn while it waits. */
function Acts({ of: { id, state, channel }, changed }: { of: DeliveryShape; changed: () => void }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  if (!may("dashboard.alerts.manage")) return null;
  const act = (name: "retry" | "withdraw") => change("POST", `api/deliveries/${encodeURIComponent(id)}/${name}`, {});
  const retry = async () => {
    const answer = await act("retry");
    setTrouble("trouble" in answer ? answer.trouble : null);
    changed();
  };
  return html`${
    state === "due" || state === "failed" || state === "withdrawn"
      ? html`<button type="button" class="button primary" onClick=${() => void retry()}>Try now</button>`
      : null
  }
    ${
      state === "due"
        ? html`<${ConfirmButton} label="Withdraw"
          of=${`the message to ${channel}`} act=${() => act("withdraw")} done=${changed} />`
        : null
    }
    ${trouble === null ? null : html`<span class="refusal" role="alert">${trouble}</span>`}`;
}
