import { loadModule, ModuleFault } from "../live/modules";
import { showToast } from "../live/toasts";
import { keepLayout, layout, type Placed } from "./layout";

type Room = typeof import("./make-room");

/** Changes the layout; the engine that makes room is loaded at the first change. */
export async function changeLayout(
  change: (room: Room, before: readonly Placed[]) => readonly Placed[],
): Promise<void> {
  try {
    const room = await loadModule<Room>("desk/make-room");
    keepLayout(change(room, layout.peek()));
  } catch (error) {
    if (!(error instanceof ModuleFault)) throw error;
    showToast("bad", "The layout was not changed: the daemon does not answer.");
  }
}
