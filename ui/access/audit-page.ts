import { html } from "htm/preact";
import { Skeleton } from "../parts/skeleton";
import { here } from "../here";
import { may, me } from "../live/access";
import { useListing } from "../lists/listing";
import { Segmented } from "../parts/segmented";
import type { Route } from "../shell/route";
import { useRouter } from "../shell/router";
import { AuditChainMark } from "./audit-chain-mark";
import { AuditEntry } from "./audit-entry";
import { Block } from "./block";
import { NotAllowed } from "./not-allowed";
import type { AuditShape } from "./wire";

/** Who did what, when and from where: never pruned, chained. */
export function Page({ route }: { route: Route }) {
  return html`<main class="page access" tabindex="-1" aria-label="Audit">
    ${
      me.value === null
        ? html`<${Skeleton} />`
        : may("dashboard.admin")
          ? html`<div class="across"><${Audit} query=${route.query} /></div>`
          : html`<${NotAllowed} needs="admin" />`
    }
  </main>`;
}

const nothingMatches = "Nothing matches. Take a filter away to see more.";
const nothingDone =
  "Nothing has been done yet. Sign-ins, and changes of settings, accounts and tokens are listed here: who, what, when and from where.";

const spans = [
  { name: "1d", label: "1 d" },
  { name: "7d", label: "7 d" },
  { name: "30d", label: "30 d" },
  { name: "all", label: "All" },
] as const;

function Audit({ query }: { query: URLSearchParams }) {
  const router = useRouter();
  const [who, what, since] = ["who", "what", "since"].map((name) => query.get(name));
  const filter = new URLSearchParams(
    [
      ["who", who],
      ["what", what],
      ["since", since],
    ].flatMap(([name, value]) => (name && value ? [[name, value]] : [])),
  );
  const list = useListing<AuditShape>(`api/audit?${filter.toString()}`, { keyOf: ({ id }) => id, limit: 50 });

  function narrow(event: SubmitEvent): void {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const given = new FormData(event.currentTarget);
    const wordOf = (name: string) => {
      const word = given.get(name);
      return typeof word === "string" && word.trim() !== "" ? word.trim() : null;
    };
    router.setQuery({ who: wordOf("who"), what: wordOf("what") });
  }

  return html`<${Block} name="audit" title="Audit" trouble=${list.trouble}>
    <${AuditChainMark} />
    <form class="narrow" role="search" aria-label="Narrow the audit log" key=${filter.toString()} onSubmit=${narrow}>
      <label>
        Who <input class="input" name="who" defaultValue=${who ?? ""} maxlength=${300} autocomplete="off" />
      </label>
      <label>
        What <input
          class="input" name="what" defaultValue=${what ?? ""} maxlength=${100} autocomplete="off"
          placeholder="sign-in.refused"
        />
      </label>
      <button class="button small">Narrow</button>
      ${
        who || what
          ? html`<button type="button" class="button small" onClick=${() => router.setQuery({ who: null, what: null })}>
            All of it
          </button>`
          : null
      }
      <${Segmented}
        label="Since" options=${spans} chosen=${since ?? "all"}
        choose=${(name: string) => router.setQuery({ since: name === "all" ? null : name })}
      />
      <span class="grow"></span>
      <button type="button" class="button small" onClick=${list.refetch}>Refresh</button>
      <a class="button small" href=${here(`api/audit?format=csv&${filter.toString()}`).href} download="audit.csv">
        CSV
      </a>
    </form>
    ${
      list.rows?.length === 0
        ? html`<p class="quiet">${filter.size > 0 ? nothingMatches : nothingDone}</p>`
        : html`<ul class="rows audit" aria-label="Audit log, newest first">
          ${list.rows?.map((entry) => html`<li key=${entry.id} class="row"><${AuditEntry} entry=${entry} /></li>`)}
        </ul>`
    }
    ${
      list.rows === null || list.complete
        ? null
        : html`<p class="sends"><button type="button" class="button" onClick=${list.more}>Older</button></p>`
    }
  <//>`;
}
