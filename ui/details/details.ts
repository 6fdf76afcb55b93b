import type { ComponentType } from "preact";
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { here } from "../here";
import { useRouter } from "../shell/router";
import { openable, type Openable } from "./opens";

type Sheet = ComponentType<{ id: string; close: () => void }>;

/** What the address says is open over the page. Loaded when the first is opened. */
export function Details() {
  const router = useRouter();
  const { query } = router.route.value;
  const kind = openable.find((each) => query.has(each));
  const id = kind === undefined ? null : query.get(kind);
  const [sheet, setSheet] = useState<{ readonly kind: Openable; readonly sheet: Sheet } | null>(null);
  useEffect(() => {
    if (kind === undefined) return;
    let over = false;
    const load = async () => {
      const module = (await import(here(`ui/details/${kind}-details`).href)) as { Sheet: Sheet };
      if (!over) setSheet({ kind, sheet: module.Sheet });
    };
    load().catch(() => {
      if (!over) router.setQuery({ [kind]: null });
    });
    return () => {
      over = true;
    };
  }, [kind]);
  if (kind === undefined || id === null || sheet?.kind !== kind) return null;
  return html`<${sheet.sheet} key=${kind} id=${id} close=${() => router.setQuery({ [kind]: null })} />`;
}
