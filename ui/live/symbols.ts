import { useMemo } from "preact/hooks";
import type { SymbolsShape } from "../../src/views/symbols";
import { useResource } from "./resource";

export type SymbolEntry = SymbolsShape["items"][number];
export type SymbolSignal = SymbolEntry["history"][number];

/** Symbols with a signal lately, their scores over time and what those are made of. */
export interface Symbols {
  readonly components: readonly string[];
  readonly items: readonly SymbolEntry[];
  of(symbol: string): SymbolEntry | undefined;
  /** The parts of one signal's score; undefined where it is not among the newest of its symbol. */
  newest(id: string): SymbolSignal | undefined;
}

/** `since` as the API takes it: 4h. */
export function useSymbols(since: string): { readonly value: Symbols | null; readonly trouble: string | null } {
  const { value, trouble } = useResource<SymbolsShape>(`api/symbols?since=${since}&limit=100`, {
    changedBy: (frame) => frame.type === "new_signal" || frame.type === "signal_changed",
    everyMs: 3000,
  });
  const symbols = useMemo(() => (value === null ? null : indexed(value)), [value]);
  return { value: symbols, trouble };
}

function indexed({ components, items }: SymbolsShape): Symbols {
  const bySymbol = new Map(items.map((entry) => [entry.symbol, entry]));
  const byId = new Map(items.flatMap(({ history }) => history.map((newest) => [newest.id, newest] as const)));
  return { components, items, of: (symbol) => bySymbol.get(symbol), newest: (id) => byId.get(id) };
}
