import { html } from "htm/preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

export interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly type?: "text" | "password" | "date";
  /** For password managers: what belongs here. */
  readonly autocomplete: string;
  readonly inputmode?: "text" | "numeric";
  readonly pattern?: string;
  readonly minlength?: number;
  readonly maxlength?: number;
  readonly min?: string;
  readonly value?: string;
  readonly required?: boolean;
  /** The first thing to fill in where this appears. */
  readonly first?: boolean;
  readonly note?: string;
  /** Why the daemon did not take it. */
  readonly wrong?: string | undefined;
}

/** A line to fill in: its name, what is expected, and what was wrong. A password can be looked at. */
export function Field({
  label,
  name,
  type = "text",
  first = false,
  required = true,
  note,
  wrong,
  ...given
}: FieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [shown, show] = useState(false);
  useEffect(() => {
    if (first) input.current?.focus();
  }, []);
  useEffect(() => {
    if (wrong !== undefined) input.current?.focus();
  }, [wrong]);
  const id = useId();
  const describedBy = [note === undefined ? null : `${id}-note`, wrong === undefined ? null : `${id}-wrong`]
    .filter((each) => each !== null)
    .join(" ");
  return html`<div class="entry-field">
    <label for=${id}>${label}</label>
    <div class="typed">
      <input
        class="input" ref=${input} id=${id} name=${name} type=${type === "password" && shown ? "text" : type}
        required=${required} autocapitalize="none" spellcheck=${false}
        aria-invalid=${wrong === undefined ? undefined : "true"}
        aria-describedby=${describedBy === "" ? undefined : describedBy} ...${given}
      />
      ${
        type === "password"
          ? html`<button
            type="button" class="button" aria-pressed=${shown ? "true" : "false"}
            aria-label=${`Show ${label.toLowerCase()}`} onClick=${() => show(!shown)}
          >${shown ? "Hide" : "Show"}</button>`
          : null
      }
    </div>
    ${note === undefined ? null : html`<p class="note" id="${id}-note">${note}</p>`}
    ${wrong === undefined ? null : html`<p class="wrong" id="${id}-wrong">${wrong}</p>`}
  </div>`;
}
