import { html } from "htm/preact";
import type { DeliveryShape } from "../../src/views/deliveries";
import { useResource } from "../live/resource";
import { useStore } from "../store-context";
import { Icon } from "../parts/icon";
import { clockWithMs } from "../parts/time";
import { program } from "../program";
import { waiting } from "../parts/words";
import { Opens } from "./opens";
import { acceptedText, deliveryText, markOf, purposeText } from "./delivery-words";

const onPageAlone = `It was sent to no channel: it stands on the page alone. ${program} channel add sets one up.`;

/** To whom an alert was sent, oldest first, and what still waits. */
export function Deliveries({ of: id }: { of: string }) {
  const { value, trouble } = useResource<{ readonly items: readonly DeliveryShape[] }>(
    `api/deliveries?alert=${encodeURIComponent(id)}&limit=100`,
    {
      changedBy: (frame) =>
        (frame.type === "delivery_changed" && frame.delivery.alert_id === id) ||
        (frame.type === "alert_changed" && frame.alert.id === id),
    },
  );
  const deliveries = value?.items.toReversed() ?? [];
  return html`<section class="part">
    <header><h3>Sent to</h3><span class="quiet">${acceptedText(deliveries)}</span></header>
    ${
      deliveries.length === 0
        ? html`<p class="quiet pad">${value === null ? (trouble ?? waiting) : onPageAlone}</p>`
        : html`<ol class="steps" aria-label="Sent to, oldest first">
          ${deliveries.map((delivery) => html`<${Line} key=${delivery.id} of=${delivery} />`)}
        </ol>`
    }
  </section>`;
}

function Line({ of: delivery }: { of: DeliveryShape }) {
  const { icon, tone } = markOf(delivery);
  const { alert_id: alert, created_at: at, channel, id, state } = delivery;
  const about = purposeText(delivery);
  return html`<li class=${tone}>
    <span class="at quiet"><time datetime=${at}>${clockWithMs(Date.parse(at))}</time></span>
    <${Icon} name=${icon} />
    <b class="name" title=${`${state}, ${id}`}>${
      alert === null
        ? channel
        : html`<${Opens} kind="delivery" id=${`${alert}/${id}`} label=${`to ${channel}, ${state}`}>${channel}<//>`
    }</b>
    <span class="answer">
      ${about === "" ? "" : html`<b>${about}:</b> `}${deliveryText(delivery, useStore().clock.now.value)}
    </span>
  </li>`;
}
