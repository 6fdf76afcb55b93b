import { html } from "htm/preact";
import type { SignalDetail } from "../../src/views/trace";
import { count } from "../parts/numbers";

/** The report as it came, as text; indented where it is JSON. */
export function RawReport({ of: raw }: { of: SignalDetail["raw"] }) {
  if (raw === null) return html`<p class="quiet pad">The report is no longer kept.</p>`;
  return html`<div class="pad">
    <p class="quiet">${raw.filename}, ${count(raw.size)} bytes, digest ${raw.digest}</p>
    ${
      raw.text === null
        ? html`<p>It was too large to keep; its path and digest are kept instead.</p>`
        : html`<pre class="raw" tabindex="0" aria-label="The report as it came">${indented(raw.text)}</pre>`
    }
  </div>`;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Python's NaN is no JSON, and the reader took it all the same: then it is shown as it came.
    return text;
  }
}
