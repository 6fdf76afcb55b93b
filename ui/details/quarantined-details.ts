import { html } from "htm/preact";
import type { QuarantineShape } from "../../src/views/quarantine";
import { useResource } from "../live/resource";
import { Age } from "../parts/age";
import { count } from "../parts/numbers";
import { momentText } from "../parts/time";
import { refusalText } from "../parts/words";
import { Part } from "./part";
import { Loading, SheetFrame, type SheetProps } from "./sheet";

/** One file that could not be read: why, and what happens next. Its id is its source and its path. */
export function Sheet({ id, close }: SheetProps) {
  const [source = "", ...path] = id.split("/");
  const file = path.join("/");
  const query = new URLSearchParams({ source, q: file, limit: "100" });
  const { value, trouble } = useResource<{ readonly items: readonly QuarantineShape[] }>(
    `api/quarantine?${query.toString()}`,
    { changedBy: (frame) => frame.type === "dashboard_update", everyMs: 5000 },
  );
  const row = value?.items.find((each) => each.file === file && each.source === source) ?? null;
  const gone = value !== null && row === null ? "It is not in quarantine: it could be read, or was removed." : trouble;
  return html`<${SheetFrame}
    opened=${{ kind: "quarantined", id }} label=${`${file}, not read`} close=${close}
    head=${html`<h2>Not read</h2><span class="warn">${row === null ? "" : refusalText(row.reason)}</span>
      ${row === null ? null : html`<span class="quiet"><${Age} at=${row.last_seen} /></span>`}`}
  >
    ${row === null ? html`<${Loading} id=${file} what="file" trouble=${gone} />` : html`<${Whole} of=${row} />`}
  <//>`;
}

function Whole({ of: row }: { of: QuarantineShape }) {
  return html`<${Part} title="Why it was not read" note=${refusalText(row.reason)}>
      <p class="pad message-large">${row.detail}</p>
      <dl class="words">
        <div><dt>File</dt><dd>${row.file}</dd></div>
        <div><dt>Source</dt><dd>${row.source}</dd></div>
        <div><dt>First seen</dt><dd>${momentText(Date.parse(row.first_seen))}</dd></div>
        <div><dt>Last seen</dt><dd>${momentText(Date.parse(row.last_seen))}</dd></div>
        <div><dt>Tries</dt><dd>${count(row.attempts)}</dd></div>
      </dl>
    <//>
    <${Part} title="What happens next">
      <p class="pad">Once the file is repaired it is read again by itself, and leaves this list.</p>
    <//>`;
}
