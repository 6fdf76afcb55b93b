import type { ComponentType } from "preact";
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { here } from "../here";
import { openedBy, type Openable } from "../shell/opened";
import { useRouter } from "../shell/router";

type Sheet = ComponentType<{ id: string; close: () => void }>;

/** What the address says is open over the page. Loaded when the first is opened. */
export function Details() {
  const router = useRouter();
  const opened = openedBy(router.route.value.query);
  const kind = opened?.kind ?? null;
  const [sheet, setSheet] = useState<{ readonly kind: Openable; readonly sheet: Sheet } | null>(null);
  useEffect(() => {
    if (kind === null) return;
    let over = false;
    const load = async () => {
      const module = (await import(here(`ui/details/${kind}-details`).href)) as { Sheet: Sheet };
      if (!over) setSheet({ kind, sheet: module.Sheet });
    };
    load().catch(() => {
      if (!over) router.closeOpened();
    });
    return () => {
      over = true;
    };
  }, [kind]);
  if (opened === null || sheet?.kind !== kind) return null;
  return html`<${sheet.sheet} key=${kind} id=${opened.id} close=${router.closeOpened} />`;
}
