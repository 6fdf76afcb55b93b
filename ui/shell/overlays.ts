import type { ComponentType } from "preact";
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { showToast } from "../live/toasts";
import { overlay, type OverlayName } from "./overlay";

const loaders: Readonly<Record<OverlayName, () => Promise<ComponentType>>> = {
  palette: async () => (await import("./palette")).Palette,
  keys: async () => (await import("./key-sheet")).KeySheet,
  mute: async () => (await import("../acts/mute-dialog")).MuteDialog,
  configuration: async () => (await import("../drawer/drawer")).Drawer,
};

/** The one overlay above the page, if any. */
export function Overlays() {
  const name = overlay.shown.value;
  const [loaded, keep] = useState<{ readonly name: OverlayName; readonly Shown: ComponentType } | null>(null);
  useEffect(() => {
    if (name === null) return;
    const load = async () => {
      const Shown = await loaders[name]();
      keep({ name, Shown });
    };
    load().catch(() => {
      overlay.close();
      showToast("bad", "It could not be loaded: the daemon does not answer, or is of another version by now.");
    });
  }, [name]);
  if (name === null || loaded?.name !== name) return null;
  return html`<${loaded.Shown} />`;
}
