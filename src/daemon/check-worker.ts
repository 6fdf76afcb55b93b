import { checkTable, tablesOf } from "../store/check";

/** A thread of its own: reading a whole table takes seconds that no request may wait for. */
declare const self: Worker;

/** What it is asked: which tables there are, or whether one is whole. */
export type CheckRequest = { readonly path: string; readonly table: string | null };
export type CheckAnswer =
  | { readonly tables: string[] }
  | { readonly found: string | null }
  | { readonly failed: string };

self.addEventListener("message", ({ data: { path, table } }: MessageEvent<CheckRequest>) => {
  self.postMessage(answer(path, table));
});

function answer(path: string, table: string | null): CheckAnswer {
  try {
    return table === null ? { tables: tablesOf(path) } : { found: checkTable(path, table) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
