import { html } from "htm/preact";
import { useMemo } from "preact/hooks";
import type { HealthShape } from "../../src/views/health";
import { useStore } from "../store-context";
import { useResource } from "../live/resource";
import { Opens } from "../details/opens";
import { Panel } from "../panels/panel";
import { Age } from "../parts/age";
import { Empty } from "../parts/empty";
import { Gauge } from "../parts/gauge";
import { checkMarks, checkName, CheckState, tookText } from "../parts/check-state";
import { Icon } from "../parts/icon";
import { clockText, uptimeText } from "../parts/time";
import { Value } from "../parts/value";
import type { Frame } from "../wire";
import { createCheckOrder, order } from "./check-order";
import { healthWords } from "./health-words";

/** Comes every 15 s, and whenever something is wrong. */
export const concernsHealth = (frame: Frame) =>
  frame.type === "dashboard_update" || frame.type === "store_fault" || frame.type === "hello";

/**
 * Every check by itself, and one status for all. What is on its way makes room for both at once, as another panel, so
 * that none moves under the eye.
 */
export function Page() {
  const { value: health, trouble } = useResource<HealthShape>("api/dashboard/health", {
    changedBy: concernsHealth,
    everyMs: 5000,
  });
  return html`<main class="page health-page" tabindex="-1" aria-label="Health">
    ${health === null ? null : html`<${Whole} of=${health} />`}
    <${Panel}
      key=${health === null ? "coming" : "known"} name="checks" title="Checks" filled=${health !== null ? true : null}
      newestAt=${health?.timestamp ?? null} said="checked"
      trouble=${trouble}
    >
      ${
        health === null
          ? html`<${Empty} known=${false} trouble=${trouble} why="" next="" />`
          : html`<${Checks} of=${health} />`
      }
    <//>
    ${health === null && trouble === null ? null : html`<${Host} />`}
  </main>`;
}

function Whole({ of: { status, checks, timestamp } }: { of: HealthShape }) {
  const upToDate = useStore().upToDate.value;
  const all = Object.entries(checks);
  return html`<section class="whole ${upToDate ? status : "starting"}" aria-label="Health of all" role="status">
    <b><${Icon} name=${upToDate ? checkMarks[status] : "stale"} />${upToDate ? "" : "WAS "}${status.toUpperCase()}</b>
    <span class="grow">${upToDate ? "" : `at ${clockText(Date.parse(timestamp))}; `}${healthWords(checks)}</span>
    <ul>
      ${order
        .map((state) => [state, all.filter(([, check]) => check.status === state).length] as const)
        .filter(([, times]) => times > 0)
        .map(
          ([state, times]) =>
            html`<li key=${state} class="health ${state}"><${Icon} name=${checkMarks[state]} />${times} ${state}</li>`,
        )}
    </ul>
  </section>`;
}

function Checks({ of: { checks } }: { of: HealthShape }) {
  const inOrder = useMemo(createCheckOrder, []);
  return html`<table class="checks-table">
    <caption class="sr">Checks, the worst first</caption>
    <thead>
      <tr>
        <th scope="col" class="c-check">What</th><th scope="col" class="c-verdict">Verdict</th>
        <th scope="col" class="c-detail">Why</th><th scope="col" class="c-took num">Took</th>
        <th scope="col" class="c-age num">Checked</th>
      </tr>
    </thead>
    <tbody>
      ${inOrder(checks).map(
        ([name, check]) =>
          html`<tr key=${name} class="row">
            <th scope="row" class="c-check">
              <${Opens} kind="check" id=${name} label=${`${checkName(name)}, ${check.status}`}>${checkName(name)}<//>
            </th>
            <td class="c-verdict"><${CheckState} of=${check.status} /></td>
            <td class="c-detail" title=${check.message}>${check.message}</td>
            <td class="c-took num quiet">${tookText(check.duration_ms)}</td>
            <td class="c-age num quiet"><${Age} at=${check.checked_at} /></td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function Host() {
  const store = useStore();
  const system = store.system.value;
  const receivedAt = store.receivedAt.value;
  return html`<${Panel}
    name="host" title="Host" filled=${system === null ? null : true}
    newestAt=${receivedAt === null ? null : new Date(receivedAt).toISOString()} said="measured"
  >
    ${
      system === null
        ? html`<${Empty} known=${false} coming=${{ shape: "tiles" }} why="" next="" />`
        : html`<div class="gauges">
          <${Gauge} name="CPU" of=${system.cpu_usage} warnAt=${75} badAt=${95} note="of all cores" />
          <${Gauge} name="Memory" of=${system.memory_usage} warnAt=${90} badAt=${98} note="of the host" />
          <${Gauge} name="Disk" of=${system.disk_usage} warnAt=${90} badAt=${98} note="where the data lies" />
          <dl class="figures-of">
            <div><dt>Up</dt><dd>${uptimeText(system.uptime_seconds)}</dd></div>
            <div><dt>Connections</dt><dd>${system.active_connections}</dd></div>
            <div>
              <dt>Last scan</dt>
              <dd>
                ${system.last_scan === null ? html`<${Value} of=${null} />` : html`<${Age} at=${system.last_scan} />`}
              </dd>
            </div>
          </dl>
        </div>`
    }
  <//>`;
}
