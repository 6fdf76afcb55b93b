import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { Icon, type IconName } from "./icon";

export interface ToolProps {
  readonly icon: IconName;
  /** What it does, for screen readers and on hover. */
  readonly label: string;
  readonly run?: (event: MouseEvent) => void;
  /** A link instead of a button. */
  readonly href?: string;
  /** The name of the file a link is kept under. */
  readonly download?: string;
  readonly pressed?: boolean;
  readonly class?: string;
  readonly children?: ComponentChildren;
}

/** A small square one presses: an icon with a name. */
export function Tool({ icon, label, run, href, download, pressed, class: className = "", children }: ToolProps) {
  const inside = html`<${Icon} name=${icon} />${children}`;
  if (href !== undefined)
    return html`<a class="tool ${className}" href=${href} download=${download} aria-label=${label} title=${label}>
      ${inside}
    </a>`;
  return html`<button
    type="button" class="tool ${className}" aria-label=${label} title=${label}
    aria-pressed=${pressed === undefined ? undefined : String(pressed)} onClick=${run}
  >${inside}</button>`;
}
