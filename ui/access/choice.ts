import { html } from "htm/preact";
import { useId } from "preact/hooks";

export interface ChoiceProps {
  readonly label: string;
  readonly name: string;
  readonly options: readonly { readonly name: string; readonly label: string }[];
  readonly chosen?: string;
  readonly wrong?: string | undefined;
  /** Called on every choice, where it is not part of a form that is sent. */
  readonly choose?: (name: string) => void;
}

/** One of a few. */
export function Choice({ label, name, options, chosen, wrong, choose }: ChoiceProps) {
  const id = useId();
  return html`<div class="entry-field">
    <label for=${id}>${label}</label>
    <select
      class="input" id=${id} name=${name} aria-invalid=${wrong === undefined ? undefined : "true"}
      aria-describedby=${wrong === undefined ? undefined : `${id}-wrong`}
      onChange=${(event: Event) => {
        if (event.currentTarget instanceof HTMLSelectElement) choose?.(event.currentTarget.value);
      }}
    >
      ${options.map(
        (option) =>
          html`<option key=${option.name} value=${option.name} selected=${option.name === chosen}>
            ${option.label}
          </option>`,
      )}
    </select>
    ${wrong === undefined ? null : html`<p class="wrong" id="${id}-wrong">${wrong}</p>`}
  </div>`;
}
