import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { copyText } from "./copy";

/** A line for a shell, as it stands, with the button that copies it. `label`: what it does. */
export function CommandLine({ of: line, label }: { of: string; label: string }) {
  const shown = useRef<HTMLElement>(null);
  const [said, say] = useState("");
  const copy = async () => say(await copyText(line, shown.current));
  return html`<div class="command-line" role="group" aria-label=${label}>
    <code ref=${shown}>${line}</code>
    <button type="button" class="button small" onClick=${() => void copy()}>Copy</button>
    <span role="status">${said}</span>
  </div>`;
}
