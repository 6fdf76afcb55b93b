import type { ComponentType } from "preact";
import { html } from "htm/preact";
import { useModule } from "../live/use-module";
import { Dialog } from "../parts/dialog";
import { NotLoaded } from "../parts/not-loaded";
import { openedBy } from "../shell/opened";
import { useRouter } from "../shell/router";

type Sheet = ComponentType<{ id: string; close: () => void }>;

/** What the address says is open over the page. Loaded when the first is opened. */
export function Details() {
  const router = useRouter();
  const opened = openedBy(router.route.value.query);
  const { module, trouble, again } = useModule<{ readonly Sheet: Sheet }>(
    opened === null ? null : `details/${opened.kind}-details`,
  );
  if (opened === null) return null;
  const close = router.closeOpened;
  if (trouble !== null)
    return html`<${Dialog} label="Details" class="fault" close=${close}>
      <${NotLoaded} what="This" trouble=${trouble} again=${again} close=${close} />
    <//>`;
  return module === null ? null : html`<${module.Sheet} key=${opened.kind} id=${opened.id} close=${close} />`;
}
