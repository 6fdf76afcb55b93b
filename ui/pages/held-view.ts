import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { Segmented } from "../parts/segmented";

let pressed = false;

/** Held back in groups, or one by one. Each is a page of its own, and the focus goes over with the choice. */
export function HeldView({ rows, choose }: { rows: boolean; choose: (view: string) => void }) {
  const switcher = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (pressed) switcher.current?.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
    pressed = false;
  }, []);
  return html`<span ref=${switcher}><${Segmented}
    label="Held back as"
    options=${[
      { name: "", label: "In groups" },
      { name: "rows", label: "One by one" },
    ]}
    chosen=${rows ? "rows" : ""}
    choose=${(name: string) => {
      pressed = true;
      choose(name);
    }}
  /></span>`;
}
