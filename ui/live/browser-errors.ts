import { tell } from "./access";

/** A page that fails again and again says so this often, and then is silent. */
const toldMost = 10;

/** Tells the daemon of errors nobody caught, each once. Returns how to stop. */
export function reportErrors(version: string): () => void {
  const told = new Set<string>();

  async function report(error: unknown): Promise<void> {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (told.has(message) || told.size >= toldMost) return;
    told.add(message);
    const stack = error instanceof Error ? error.stack?.slice(0, 4000) : undefined;
    try {
      await tell("POST", "api/errors", { message: message.slice(0, 500), ...(stack === undefined ? {} : { stack }), page: location.pathname.slice(0, 300), version: version.slice(0, 40) });
    } catch {
      // The daemon is away: it is told should the same happen again.
      told.delete(message);
    }
  }

  const onError = (event: ErrorEvent) => {
    if (!isNotice(event)) void report(event.error ?? event.message);
  };
  const onRejection = (event: PromiseRejectionEvent) => void report(event.reason);
  globalThis.addEventListener("error", onError);
  globalThis.addEventListener("unhandledrejection", onRejection);
  return () => {
    globalThis.removeEventListener("error", onError);
    globalThis.removeEventListener("unhandledrejection", onRejection);
  };
}

/** A browser's remark that something measured anew is told in the next frame: nothing failed. */
function isNotice({ error, message }: ErrorEvent): boolean {
  return !error && message.startsWith("ResizeObserver loop");
}
