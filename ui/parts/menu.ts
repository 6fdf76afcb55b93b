import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icon";

export interface MenuProps {
  readonly icon: IconName;
  readonly label: string;
  readonly class?: string;
  /** Beside the icon, inside the button. */
  readonly face?: ComponentChildren;
  /** Something in it is chosen that changes what is shown. */
  readonly marked?: boolean;
  readonly children?: ComponentChildren;
}

/** A button that opens a small sheet under itself; Escape, a click elsewhere and leaving it by keyboard close it. */
export function Menu({ icon, label, class: className = "", face, marked = false, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && whole.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener("pointerdown", elsewhere);
    document.addEventListener("focusin", elsewhere);
    whole.current?.querySelector<HTMLElement>(".sheet :is(a, button, input, select)")?.focus();
    return () => {
      document.removeEventListener("pointerdown", elsewhere);
      document.removeEventListener("focusin", elsewhere);
    };
  }, [open]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  function key(event: KeyboardEvent): void {
    if (!open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || (event.target instanceof HTMLInputElement && event.target.type === "number")) return;
    const items = [...(whole.current?.querySelectorAll<HTMLElement>(".sheet :is(a, button, input, select)") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    event.preventDefault();
    items.at((at + step) % items.length)?.focus();
  }

  return html`<div class="menu ${className}" ref=${whole} onKeyDown=${key}>
    <button
      type="button" class="tool ${marked ? "is-marked" : ""}" ref=${button} aria-label=${label} title=${label}
      aria-expanded=${open ? "true" : "false"} onClick=${() => setOpen(!open)}
    ><${Icon} name=${icon} />${face}</button>
    ${
      open
        ? html`<div class="sheet" role="group" aria-label=${label} onClick=${(event: MouseEvent) => {
            if (event.target instanceof Element && event.target.closest("a, .closes") !== null) close();
          }}>${children}</div>`
        : null
    }
  </div>`;
}
