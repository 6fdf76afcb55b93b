import { html } from "htm/preact";
import { AuditChainMark } from "../access/audit-chain-mark";
import { wordOf } from "../access/audit-entry";
import { deedText } from "../access/deed-words";
import type { AuditShape } from "../access/wire";
import { useResource } from "../live/resource";
import { Age } from "../parts/age";
import { momentText } from "../parts/time";
import { hrefOf } from "../shell/route";
import { Part } from "./part";
import { Loading, SheetFrame, type SheetProps } from "./sheet";

/** One entry of the audit log: who did what, what it changed, and its place in the chain. */
export function Sheet({ id, close }: SheetProps) {
  const { value, trouble } = useResource<{ readonly items: readonly AuditShape[] }>(
    `api/audit?id=${encodeURIComponent(id)}`,
  );
  const entry = value?.items[0] ?? null;
  const title = entry === null ? "Audit entry" : deedText(entry.what);
  return html`<${SheetFrame}
    opened=${{ kind: "audit", id }} label=${title} close=${close}
    head=${html`<h2>${title}</h2>
      ${entry === null ? null : html`<span class="quiet"><${Age} at=${entry.timestamp} /></span>`}
      <span class="quiet wide-only">no. ${id}</span>`}
    foot=${
      entry === null
        ? null
        : html`<a class="button" href=${hrefOf("audit", null, { what: entry.what })}>All of this kind</a>`
    }
  >
    ${
      entry === null
        ? html`<${Loading} id=${id} what="audit entry" trouble=${value === null ? trouble : "There is no entry of this number."} />`
        : html`<${Whole} of=${entry} />`
    }
  <//>`;
}

function Whole({ of: entry }: { of: AuditShape }) {
  return html`<${Part} title="What was done">
      <dl class="words">
        <div><dt>What</dt><dd title=${entry.what}>${deedText(entry.what)}</dd></div>
        ${entry.subject === null ? null : html`<div><dt>To</dt><dd>${entry.subject}</dd></div>`}
        <div><dt>By</dt><dd><a href=${hrefOf("audit", null, { who: entry.who })}>${entry.who}</a></dd></div>
        <div><dt>From</dt><dd>${entry.from}</dd></div>
        <div><dt>When</dt><dd>${momentText(Date.parse(entry.timestamp))}</dd></div>
      </dl>
    <//>
    <${Part} title="What it changed">
      ${
        entry.before === null && entry.after === null
          ? html`<p class="quiet pad">Nothing: no values before or after belong to it.</p>`
          : html`<dl class="words change">
            ${changesOf(entry).map(
              ({ name, before, after }) => html`<div key=${name}><dt>${name}</dt><dd>
                ${
                  before === undefined
                    ? html`
            <span class="quiet">not set</span>`
                    : html`<span class="sr">before </span><del>${wordOf(before)}</del>`
                }
                ${" → "}
                ${
                  after === undefined
                    ? html`<span class="quiet">not set</span>`
                    : html`<span class="sr">after </span><ins>${wordOf(after)}</ins>`
                }
              </dd></div>`,
            )}
          </dl>`
      }
    <//>
    <${Part} title="Its place in the chain" note=${`no. ${entry.id}`}>
      <dl class="words"><div><dt>Hash</dt><dd>${entry.hash}</dd></div></dl>
      <div class="pad"><${AuditChainMark} /></div>
    <//>`;
}

interface Changed {
  readonly name: string;
  /** Undefined where it was not set. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Each value by its name, before and after. */
function changesOf({ before, after }: Pick<AuditShape, "before" | "after">): Changed[] {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((name) => ({
    name,
    before: was[name],
    after: is[name],
  }));
}

function valuesOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null) return {};
  return typeof value === "object" && !Array.isArray(value) ? { ...value } : { value };
}
