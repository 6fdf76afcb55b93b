import { html } from "htm/preact";
import type { z } from "zod";
import type { alertFilter } from "../../src/store/filters/alerts";
import type { decisionFilter } from "../../src/store/filters/decisions";
import type { opportunityFilter } from "../../src/store/filters/opportunities";
import type { quarantineFilter } from "../../src/store/filters/quarantine";
import type { signalFilter } from "../../src/store/filters/signals";
import { Choice, Words, type ChoiceProps, type Filters } from "./filters";
import { useSourceNames } from "./sources";

/** What each list of the API can be narrowed by. Only types cross over; the browser loads none of it. */
interface FiltersOfLists {
  readonly alerts: keyof z.input<typeof alertFilter>;
  readonly decisions: keyof z.input<typeof decisionFilter>;
  readonly opportunities: keyof z.input<typeof opportunityFilter>;
  readonly quarantine: keyof z.input<typeof quarantineFilter>;
  readonly signals: keyof z.input<typeof signalFilter>;
}

/** One filter of a list: a choice where it has options, else words to type. */
export interface FilterField<Name extends string = string> {
  /** The parameter of the API, and of the page's address. */
  readonly name: Name;
  readonly label: string;
  readonly placeholder?: string;
  readonly options?: ChoiceProps["options"] | "sources";
  /** What no choice means; "all" where left out. */
  readonly all?: string;
}

export type FieldsOf<List extends keyof FiltersOfLists> = readonly FilterField<FiltersOfLists[List]>[];

export const symbolField = { name: "symbol", label: "symbol", placeholder: "BTCUSDT" } as const;
export const sourceField = { name: "source", label: "source", options: "sources" } as const;

const stretches = [
  { name: "15m", label: "15 min" },
  { name: "1h", label: "1 h" },
  { name: "4h", label: "4 h" },
  { name: "1d", label: "1 day" },
  { name: "7d", label: "7 days" },
  { name: "30d", label: "30 days" },
] as const;

/** The beginning of all that is kept. */
export const always = "1970-01-01T00:00:00.000Z";

/** A stretch as its choice says it. */
export function stretchText(since: string): string {
  return stretches.find(({ name }) => name === since)?.label ?? (since === "" ? "all time" : since);
}

/** How far back the list goes. */
export function sinceField(label: string) {
  return { name: "since", label, options: stretches, all: stretchText("") } as const;
}

/** What came of a signal or an opportunity. */
export const outcomeField = {
  name: "outcome",
  label: "outcome",
  options: [
    { name: "raised", label: "raised" },
    { name: "held", label: "held back" },
    { name: "not-worth", label: "not worth an alert" },
  ],
} as const;

/** The filters of a list, side by side. */
export function FilterFields({ of: fields, filters }: { of: readonly FilterField[]; filters: Filters }) {
  const sources = useSourceNames();
  return fields.map(({ name, label, placeholder, options, all = "all" }) => {
    const value = filters.get(name);
    const set = (chosen: string) => filters.set(name, chosen);
    return options === undefined
      ? html`<${Words} key=${name} label=${label} value=${value} type=${set} placeholder=${placeholder} />`
      : html`<${Choice}
          key=${name} label=${label} all=${all} value=${value} choose=${set}
          options=${options === "sources" ? sources : options}
        />`;
  });
}
