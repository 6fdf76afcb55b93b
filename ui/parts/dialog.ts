import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface DialogProps {
  readonly label: string;
  /** drawer, palette and the like: how it looks. */
  readonly class: string;
  readonly close: () => void;
  readonly children?: ComponentChildren;
}

/** Modal while it is rendered: the browser keeps the focus in it, the rest inert, and gives the focus back. */
export function Dialog({ label, class: className, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // At once: what is typed as it opens or closes belongs in it, or where the focus was.
  useLayoutEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return html`<dialog ref=${dialog} class=${className} aria-label=${label} onCancel=${(event: Event) => {
    event.preventDefault();
    close();
  }} onClick=${(event: MouseEvent) => {
    if (event.target === dialog.current) close();
  }}>${children}</dialog>`;
}
