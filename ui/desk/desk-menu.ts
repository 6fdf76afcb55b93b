import { html } from "htm/preact";
import { Menu } from "../parts/menu";
import { isMoved, keepLayout, layout, resetLayout, titleOfPanel, type Placed } from "./layout";

/** Which panels stand on the desk, and the way back to how it comes. */
export function DeskMenu() {
  return html`<${Menu} icon="layout" label="Layout of the desk">
    <p class="heading">Panels</p>
    ${layout.value.map(
      (place) =>
        html`<label key=${place.panel}>
          <input type="checkbox" checked=${!place.hidden} onChange=${() => void show(place)} />
          ${titleOfPanel(place.panel)}
        </label>`,
    )}
    <button type="button" class="closes" disabled=${!isMoved.value} onClick=${resetLayout}>Reset the layout</button>
  <//>`;
}

async function show({ panel, hidden }: Placed): Promise<void> {
  const { withShown } = await import("./make-room");
  keepLayout(withShown(layout.peek(), panel, hidden));
}
