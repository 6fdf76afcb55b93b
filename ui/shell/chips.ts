import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { formatCount } from "../../src/core/text";
import { useStore } from "../store-context";
import { useFreshness, type Expected } from "../live/freshness";
import { Age } from "../parts/age";
import { FreshnessMark, useMark } from "../parts/freshness";
import { clockText } from "../parts/time";
import { chipName, chipsOf, type ChipOf } from "./chips-of";
import { useFitting } from "./fitting";
import { hrefOf } from "./route";

/** How fresh each source, exchange and scanner is, in one line. What has no room is on Health, as all of them are. */
export function Chips() {
  const row = useRef<HTMLUListElement>(null);
  const chips = chipsOf(useFreshness());
  const fitting = useFitting(row, chips.length, null);
  const others = chips.slice(fitting).flat();
  return html`<ul class="chips" aria-label="Sources" ref=${row}>
    ${chips.map(
      (of, nth) => html`<li key=${`${of[0].kind} ${of[0].name}`} data-nth=${nth} hidden=${nth >= fitting}>
        ${of.length === 1 ? html`<${Chip} of=${of[0]} />` : html`<${Scanners} of=${of} />`}
      </li>`,
    )}
    <li class="others">
      ${
        others.length === 0
          ? null
          : html`<a class="chip" href=${hrefOf("health")} title=${namesOf(others)}>
            +${others.length}<span class="sr"> more: ${namesOf(others)}</span>
          </a>`
      }
    </li>
  </ul>`;
}

const namesOf = (all: readonly Expected[]) => all.map(chipName).join(", ");

/** Those that fare equally badly are one chip. */
function Scanners({ of }: { of: ChipOf }) {
  const { state } = of[0];
  const mark = useMark(state);
  return html`<a class="chip ${mark}" href=${hrefOf("health")} title=${namesOf(of)}>
    <${FreshnessMark} of=${mark} word=${formatCount(of.length, "scanner")}><span>${state}</span><//>
    <span class="sr">: ${namesOf(of)}</span>
  </a>`;
}

function Chip({ of }: { of: Expected }) {
  const { kind, name, state, at, why } = of;
  const store = useStore();
  const mark = useMark(state);
  // What came since the last overview is known from the events. What a first look found says nothing of how it comes.
  const live =
    kind === "source" && at !== null
      ? (store.signals.value?.find((row) => row.source === name)?.received_at ?? null)
      : null;
  const last = live !== null && (at === null || live > at) ? live : at;
  const page = kind === "source" ? "sources" : kind === "exchange" ? "market" : "health";
  return html`<a class="chip ${mark}" href=${hrefOf(page)} title=${why ?? undefined}>
    <${FreshnessMark} of=${mark} word=${chipName(of)}>
      <span>${store.upToDate.value ? tailOf(of, last) : last === null ? "no data" : `at ${clockText(Date.parse(last))}`}</span>
    <//>
  </a>`;
}

function tailOf({ kind, state }: Expected, last: string | null) {
  if (state === "failing" || state === "starting" || state === "idle") return state;
  if (last === null) return kind === "source" ? "nothing new yet" : "no data";
  return state === "stale" ? `stale since ${clockText(Date.parse(last))}` : html`<${Age} at=${last} />`;
}
