import { html } from "htm/preact";
import type { Direction as DirectionWord } from "../../src/core/signal";
import { Icon, type IconName } from "./icon";

const marks: Readonly<Record<DirectionWord, IconName>> = { long: "up", short: "down", neutral: "flat", exit: "leave" };

export function Direction({ of }: { of: DirectionWord }) {
  return html`<span class="direction ${of}"><${Icon} name=${marks[of]} />${of.toUpperCase()}</span>`;
}
