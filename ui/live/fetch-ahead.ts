import { lateModules } from "../modules";
import { fetchModule, ModuleFault } from "./modules";

/** So long the page is left alone after it is there. */
const restMs = 3000;

/**
 * Fetches what may be opened next while nothing else is to do, one module after the other, so that it opens at once and
 * while the daemon is away, too. Where a browser is asked to save data, nothing is fetched ahead.
 */
export async function fetchAhead(more: readonly string[]): Promise<void> {
  await rest();
  if (savesData()) return;
  // Small files that are needed when nothing can be fetched any more.
  await Promise.all(more.map((url) => fetch(url, { priority: "low" }).catch(() => null)));
  for (const name of lateModules) {
    if (savesData()) return;
    await idle();
    try {
      await fetchModule(name, "low");
    } catch (error) {
      // It is loaded when it is wanted, and says then what is wrong.
      if (error instanceof ModuleFault) return;
      throw error;
    }
  }
}

function savesData(): boolean {
  return (
    (navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } }).connection?.saveData === true
  );
}

function rest(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, restMs);
  });
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: 10_000 });
    else setTimeout(resolve, 200);
  });
}
