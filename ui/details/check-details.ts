import { html } from "htm/preact";
import { useState } from "preact/hooks";
import type { HealthShape } from "../../src/views/health";
import type { ScannerRun } from "../../src/views/scanner-run";
import { may } from "../live/access";
import { change } from "../live/change";
import { useResource } from "../live/resource";
import { concernsHealth } from "../pages/health-page";
import { Age } from "../parts/age";
import { checkName, CheckState, tookText } from "../parts/check-state";
import { momentText } from "../parts/time";
import { hrefOf } from "../shell/route";
import { Opens } from "./opens";
import { Part } from "./part";
import { Loading, SheetFrame, type SheetProps } from "./sheet";

type Check = HealthShape["checks"][string];

/** One check of health: what it found, when, and where to look next. Its id is its name. */
export function Sheet({ id: name, close }: SheetProps) {
  const { value, trouble, refetch } = useResource<HealthShape>("api/dashboard/health", {
    changedBy: concernsHealth,
    everyMs: 5000,
  });
  const check = value?.checks[name] ?? null;
  const scanner = /^scanner:(.+)$/.exec(name)?.[1] ?? null;
  return html`<${SheetFrame}
    opened=${{ kind: "check", id: name }} label=${`Check ${checkName(name)}`} close=${close}
    head=${html`<h2>${checkName(name)}</h2>
      ${
        check === null
          ? null
          : html`<${CheckState} of=${check.status} /><span class="quiet"><${Age} at=${check.checked_at} /></span>`
      }`}
    foot=${
      scanner === null || !may("dashboard.settings.manage")
        ? null
        : html`<${RunNow} key=${scanner} scanner=${scanner} ran=${refetch} />`
    }
  >
    ${
      check === null
        ? html`<${Loading} id=${name} what="check" trouble=${value === null ? trouble : "There is no check of this name."} />`
        : html`<${Whole} name=${name} of=${check} />`
    }
  <//>`;
}

function Whole({ name, of: check }: { name: string; of: Check }) {
  const [kind, subject] = [/^[a-z]+/.exec(name)?.[0] ?? "", name.slice(name.indexOf(":") + 1)];
  const page = kind === "quarantine" || kind === "alerts" ? kind : null;
  return html`<${Part} title="What it found">
    <p class="pad message-large">${check.message}</p>
    <dl class="words">
      <div><dt>State</dt><dd><${CheckState} of=${check.status} /></dd></div>
      <div><dt>Last check</dt><dd>${momentText(Date.parse(check.checked_at))}</dd></div>
      <div><dt>Took</dt><dd>${tookText(check.duration_ms)}</dd></div>
      ${
        (kind === "source" || kind === "exchange") && subject !== name
          ? html`<div><dt>More</dt><dd>
            <${Opens} kind=${kind} id=${subject} label=${`${kind} ${subject}`}>${kind} ${subject}<//>
          </dd></div>`
          : null
      }
      ${page === null ? null : html`<div><dt>More</dt><dd><a href=${hrefOf(page)}>the page of it</a></dd></div>`}
    </dl>
  <//>`;
}

function RunNow({ scanner, ran }: { scanner: string; ran: () => void }) {
  const [words, say] = useState<string | null>(null);
  const run = async () => {
    say("it runs");
    const answer = await change<ScannerRun>("POST", "api/scan", { name: scanner });
    say("trouble" in answer ? answer.trouble : runText(answer.answer));
    ran();
  };
  return html`<button type="button" class="button" onClick=${() => void run()}>Run it now</button>
    <span class="quiet" role="status">${words}</span>`;
}

function runText({ saw, error, waits_for: waitsFor }: ScannerRun): string {
  if (error !== null) return `it failed: ${error}`;
  return saw ?? (waitsFor === null ? "it has run" : `it waits for ${waitsFor}`);
}
