import type { ComponentType } from "preact";
import { html } from "htm/preact";
import { useModule } from "../live/use-module";
import { Dialog } from "../parts/dialog";
import { NotLoaded } from "../parts/not-loaded";
import type { openedModules } from "../modules";
import { overlay, type OverlayName } from "./overlay";

interface Overlaid {
  readonly module: (typeof openedModules)[number];
  readonly component: string;
  readonly what: string;
}

const overlays: Readonly<Record<OverlayName, Overlaid>> = {
  palette: { module: "shell/palette", component: "Palette", what: "The search" },
  keys: { module: "shell/key-sheet", component: "KeySheet", what: "The list of keys" },
  mute: { module: "acts/mute-dialog", component: "MuteDialog", what: "The mute" },
  more: { module: "shell/more-sheet", component: "MoreSheet", what: "The sheet of more" },
  configuration: { module: "drawer/drawer", component: "Drawer", what: "The configuration" },
};

/** The one overlay above the page, if any. */
export function Overlays() {
  const name = overlay.shown.value;
  const overlaid = name === null ? null : overlays[name];
  const { module, trouble, again } = useModule<Readonly<Record<string, ComponentType>>>(overlaid?.module ?? null);
  if (overlaid === null) return null;
  if (trouble !== null)
    return html`<${Dialog} label=${overlaid.what} class="fault" close=${() => overlay.close()}>
      <${NotLoaded} what=${overlaid.what} trouble=${trouble} again=${again} close=${() => overlay.close()} />
    <//>`;
  const Shown = module?.[overlaid.component];
  return Shown === undefined ? null : html`<${Shown} />`;
}
