import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useState } from "preact/hooks";

/** Why what was sent was not taken, and which fields it is about. */
export interface Refusal {
  readonly trouble: string;
  readonly fields: Readonly<Record<string, string>>;
}

export type Given = Readonly<Record<string, string>>;

export interface FormProps {
  readonly label: string;
  readonly button: string;
  readonly class?: string;
  /** Null where it was taken. */
  readonly send: (given: Given) => Promise<Refusal | null>;
  /** Drawn with what was wrong, by field. */
  readonly children: (wrong: Readonly<Record<string, string>>) => ComponentChildren;
  /** Beside the button. */
  readonly aside?: ComponentChildren;
}

const nothing = { trouble: "", fields: {} } as const;

/** Fields that are sent together, once at a time; what is wrong is said and stays until the next try. */
export function Form({ label, button, class: className = "", send, children, aside }: FormProps) {
  const [refusal, refuse] = useState<Refusal>(nothing);
  const [busy, setBusy] = useState(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy || !(event.currentTarget instanceof HTMLFormElement)) return;
    const form = event.currentTarget;
    const given = Object.fromEntries(
      [...new FormData(form)].flatMap(([name, value]) =>
        typeof value === "string" && value !== "" ? [[name, value]] : [],
      ),
    );
    setBusy(true);
    refuse(nothing);
    const refused = await send(given);
    setBusy(false);
    if (refused === null) form.reset();
    refuse(refused ?? nothing);
  }

  const ofNoField = Object.keys(refusal.fields).length === 0;
  return html`<form
    class="form ${className}" aria-label=${label} aria-busy=${busy ? "true" : "false"}
    onSubmit=${(event: SubmitEvent) => void submit(event)}
  >
    ${children(refusal.fields)}
    <p class="refusal" role="alert">${ofNoField ? refusal.trouble : ""}</p>
    <div class="sends"><button class="button primary">${busy ? "One moment" : button}</button>${aside}</div>
  </form>`;
}
