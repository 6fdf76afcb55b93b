import { html } from "htm/preact";
import { Opens } from "../details/opens";
import { momentText } from "../parts/time";
import { hrefOf } from "../shell/route";
import { deedText } from "./deed-words";
import type { AuditShape } from "./wire";

/** One deed in two lines, which opens; who leads to all of theirs. */
export function AuditEntry({ entry }: { entry: AuditShape }) {
  const refused = entry.what.endsWith(".refused") || entry.what.endsWith("-reused");
  return html`<div>
    <b class="deed ${refused ? "is-bad" : ""}" title=${entry.what}>
      <${Opens} kind="audit" id=${entry.id} label=${`${deedText(entry.what)}, no. ${entry.id}`}>${deedText(entry.what)}<//>
    </b>
    ${entry.subject === null ? null : html` <b>${entry.subject}</b>`}
    <p class="meta">
      <time datetime=${entry.timestamp}>${momentText(Date.parse(entry.timestamp))}</time>
      <span>by <a href=${hrefOf("audit", null, { who: entry.who })}>${entry.who}</a></span>
      <span>from ${entry.from}</span>
      <span title=${entry.hash}>no. ${entry.id}, ${entry.hash.slice(0, 12)}</span>
    </p>
    ${
      entry.before === null && entry.after === null
        ? null
        : html`<p class="change">
          ${entry.before === null ? null : html`<span class="sr">before </span><del>${valueText(entry.before)}</del> `}
          ${entry.after === null ? null : html`<span class="sr">after </span><ins>${valueText(entry.after)}</ins>`}
        </p>`
    }
  </div>`;
}

/** `role: trader, by: password`; what is nested stays JSON. */
function valueText(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wordOf(value);
  return Object.entries(value)
    .map(([name, each]: [string, unknown]) => `${name}: ${wordOf(each)}`)
    .join(", ");
}

export function wordOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
