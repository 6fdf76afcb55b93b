import { html } from "htm/preact";
import { prefer, preferences } from "../live/preferences";
import { Menu } from "../parts/menu";
import { Segmented } from "../parts/segmented";

export function LooksMenu() {
  return html`<${Menu} icon="theme" label="Looks" class="wide-only"><${Looks} /><//>`;
}

/** Theme, colours for every kind of eyesight, and density. */
export function Looks() {
  const { theme, colours, density } = preferences.value;
  return html`<p class="heading">Theme</p>
    <${Segmented}
      label="Theme" options=${["dark", "light", "system"]} chosen=${theme}
      choose=${(chosen: typeof theme) => prefer({ theme: chosen })}
    />
    <p class="heading">Colours</p>
    <${Segmented}
      label="Colours"
      options=${[
        { name: "standard", label: "green, red" },
        { name: "safe", label: "blue, pink" },
      ]}
      chosen=${colours} choose=${(chosen: typeof colours) => prefer({ colours: chosen })}
    />
    <p class="heading">Density</p>
    <${Segmented}
      label="Density" options=${["compact", "comfortable"]} chosen=${density}
      choose=${(chosen: typeof density) => prefer({ density: chosen })}
    />`;
}
