import { html } from "htm/preact";

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly options: readonly (T | { readonly name: T; readonly label: string })[];
  readonly chosen: T;
  readonly choose: (name: T) => void;
}

/** One of a few, side by side. */
export function Segmented<T extends string>({ label, options, chosen, choose }: SegmentedProps<T>) {
  return html`<div class="segmented" role="group" aria-label=${label}>
    ${options.map((option) => {
      const { name, label: words } = typeof option === "string" ? { name: option, label: option } : option;
      return html`<button
        key=${name} type="button" aria-pressed=${name === chosen ? "true" : "false"} onClick=${() => choose(name)}
      >${words}</button>`;
    })}
  </div>`;
}
