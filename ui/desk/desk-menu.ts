import { html } from "htm/preact";
import { Menu } from "../parts/menu";
import { changeLayout } from "./change-layout";
import { isMoved, layout, resetLayout, titleOfPanel } from "./layout";

/** Which panels stand on the desk, and the way back to how it comes. */
export function DeskMenu() {
  return html`<${Menu} icon="layout" label="Layout of the desk">
    <p class="heading">Panels</p>
    ${layout.value.map(
      (place) =>
        html`<label key=${place.panel}>
          <input
            type="checkbox" checked=${!place.hidden}
            onChange=${() => void changeLayout((room, before) => room.withShown(before, place.panel, place.hidden))}
          />
          ${titleOfPanel(place.panel)}
        </label>`,
    )}
    <button type="button" class="closes" disabled=${!isMoved.value} onClick=${resetLayout}>Reset the layout</button>
  <//>`;
}
