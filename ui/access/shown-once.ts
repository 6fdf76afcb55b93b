import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { copyText } from "../parts/copy";

export interface ShownOnceProps {
  readonly label: string;
  readonly lines: readonly string[];
  /** What to know before it is gone. */
  readonly note: string;
  readonly done: () => void;
}

/** A secret that is never shown again: copied now, and closed by a press. */
export function ShownOnce({ label, lines, note, done }: ShownOnceProps) {
  const whole = useRef<HTMLDivElement>(null);
  const [message, setMessage] = useState("");
  useEffect(() => whole.current?.focus(), []);

  const copy = async () => setMessage(await copyText(lines.join("\n"), whole.current?.querySelector("pre") ?? null));

  return html`<div class="once" role="group" aria-label=${label} tabindex="-1" ref=${whole}>
    <p><b>${label}</b></p>
    <pre>${lines.join("\n")}</pre>
    <p class="note">${note}</p>
    <p class="sends">
      <button type="button" class="button primary" onClick=${() => void copy()}>Copy</button>
      <button type="button" class="button" onClick=${done}>I have kept it</button>
      <span role="status">${message}</span>
    </p>
  </div>`;
}
