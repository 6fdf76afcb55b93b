import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useRouter } from "../shell/router";
import { Icon } from "../parts/icon";

/** What the address narrows a list by, and how to change it: a filtered list is a link one can send. */
export interface Filters {
  /** Empty where nothing is chosen. */
  get(name: string): string;
  set(name: string, value: string): void;
  clear(): void;
  /** Whether anything narrows the list. */
  readonly any: boolean;
  /** The given ones as a query of the API, `&` between, nothing where nothing is chosen. */
  query(): string;
}

/** By the filters of this page; everything else in the address is another's. */
export function useFilters(fields: readonly { readonly name: string }[]): Filters {
  const names = fields.map(({ name }) => name);
  const router = useRouter();
  const { query } = router.route.value;
  const chosen = names.filter((name) => (query.get(name) ?? "") !== "");
  return {
    get: (name) => query.get(name) ?? "",
    set: (name, value) => router.setQuery({ [name]: value === "" ? null : value }),
    clear: () => router.setQuery(Object.fromEntries(names.map((name) => [name, null]))),
    any: chosen.length > 0,
    query: () => chosen.map((name) => `${name}=${encodeURIComponent(query.get(name) ?? "")}`).join("&"),
  };
}

export interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  /** What no choice means; left out where something is always chosen. */
  readonly all?: string;
  readonly options: readonly (string | { readonly name: string; readonly label: string })[];
  readonly choose: (value: string) => void;
}

export function Choice({ label, value, all, options, choose }: ChoiceProps) {
  const named = options.map((option) => (typeof option === "string" ? { name: option, label: option } : option));
  const known = value === "" || named.some(({ name }) => name === value);
  return html`<label class="choice">
    <span class="label">${label}</span>
    <select
      class="input" aria-label=${label} value=${value}
      onChange=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value)}
    >
      ${all === undefined ? null : html`<option value="">${all}</option>`}
      ${named.map((option) => html`<option key=${option.name} value=${option.name}>${option.label}</option>`)}
      ${known ? null : html`<option value=${value}>${value}</option>`}
    </select>
  </label>`;
}

const typingMs = 250;

/** Words typed into the address a moment after one stops typing. */
export function Words({
  label,
  value,
  type,
  placeholder = "",
}: {
  label: string;
  value: string;
  type: (value: string) => void;
  placeholder?: string;
}) {
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const reported = useRef(value);
  useEffect(() => {
    // The address may change by other ways than by typing here.
    if (value !== reported.current) setTyped(value);
    reported.current = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function report(text: string): void {
    clearTimeout(timer.current);
    reported.current = text.trim();
    type(text.trim());
  }

  return html`<label class="choice">
    <span class="label">${label}</span>
    <input
      class="input" type="search" aria-label=${label} value=${typed} placeholder=${placeholder} spellcheck=${false}
      autocomplete="off"
      onInput=${(event: Event) => {
        const text = (event.currentTarget as HTMLInputElement).value;
        setTyped(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => report(text), typingMs);
      }}
      onChange=${(event: Event) => report((event.currentTarget as HTMLInputElement).value)}
    />
  </label>`;
}

/** Says that the list is narrowed, and undoes it. */
export function ClearFilters({ of: filters }: { of: Filters }) {
  return filters.any
    ? html`<button type="button" class="button small" onClick=${() => filters.clear()}>
      <${Icon} name="close" />all of them
    </button>`
    : null;
}
