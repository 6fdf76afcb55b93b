import { html } from "htm/preact";
import { useStore } from "../store-context";
import { ageText, momentText } from "./time";

/** How old a moment is, ticking; the moment itself on hover. Takes ISO 8601. */
export function Age({ at }: { at: string }) {
  const moment = Date.parse(at);
  const now = useStore().clock.now.value;
  return html`<time class="nowrap" datetime=${at} title=${momentText(moment)}>${ageText(now - moment)}</time>`;
}
