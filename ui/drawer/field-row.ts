import { html } from "htm/preact";
import { Icon } from "../parts/icon";
import { Segmented } from "../parts/segmented";
import { Term } from "../parts/term";
import { faultOf, type Field, type Value } from "./fields";

export interface FieldRowProps {
  readonly field: Field;
  readonly held: Value;
  readonly text: string;
  readonly fixed: boolean;
  /** What the server says of it, where it judged differently. */
  readonly refused: string | null;
  /** Someone else changed it while one was typing. */
  readonly overtaken: boolean;
  readonly write: (text: string) => void;
}

/** A setting with its unit, its range, what it means, and what is wrong with what was typed. */
export function FieldRow({ field, held, text, fixed, refused, overtaken, write }: FieldRowProps) {
  const id = `field-${field.path.replace(".", "-")}`;
  const fault = faultOf(field, text) ?? refused;
  const changed = text !== String(held);
  const step = (by: number) => write(String(clamped(field, Number(text) + by)));
  return html`<div class="field ${changed ? "is-changed" : ""} ${fault === null ? "" : "is-wrong"}">
    <div>
      <label for=${id} id="${id}-label">${field.title}</label>
      <${Term} of=${field.name}><span aria-hidden="true">?</span><span class="sr">${field.title}</span><//>
      <p class="quiet" id="${id}-help">${field.description}</p>
    </div>
    <div>
      ${
        field.choices === null
          ? html`<div class="number">
            <input
              id=${id} type="text" inputmode="decimal" autocomplete="off" value=${text} disabled=${fixed}
              aria-invalid=${fault === null ? "false" : "true"} aria-describedby="${id}-help ${id}-note"
              onInput=${(event: InputEvent) => write((event.currentTarget as HTMLInputElement).value)}
            />
            <span class="unit">${unitText(field.unit)}</span>
            <button type="button" disabled=${fixed} aria-label=${`${field.title}: less`} onClick=${() => step(-1)}>
              <${Icon} name="minus" />
            </button>
            <button type="button" disabled=${fixed} aria-label=${`${field.title}: more`} onClick=${() => step(1)}>
              <${Icon} name="plus" />
            </button>
          </div>`
          : html`<div id=${id} role="group" aria-labelledby="${id}-label">
            <${Segmented}
              label=${field.title} options=${field.choices} chosen=${text} choose=${fixed ? () => undefined : write}
            />
          </div>`
      }
      <p class="note" id="${id}-note">
        <span>${rangeText(field)}</span>
        <span class=${changed ? "was" : ""}>
          ${
            overtaken
              ? `now ${held}, changed by someone else`
              : changed
                ? `was ${held}`
                : field.usual === null
                  ? ""
                  : `default ${field.usual}`
          }
        </span>
      </p>
    </div>
    ${fault === null ? null : html`<p class="problem" role="alert"><${Icon} name="error" />${fault}</p>`}
  </div>`;
}

function clamped({ min, max }: Field, value: number): number {
  return Math.min(max ?? value, Math.max(min ?? value, value));
}

function rangeText({ min, max }: Field): string {
  return min === null || max === null ? "" : `${min} to ${max}`;
}

function unitText(unit: string): string {
  return { minutes: "min", percent: "%" }[unit] ?? "";
}
