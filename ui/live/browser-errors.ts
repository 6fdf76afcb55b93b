import { sendJson } from "./access";

/** A page that fails again and again says so this often, and then is silent. */
const reportsMax = 10;

/** Reports uncaught errors to the daemon, each once. Returns how to stop. */
export function reportErrors(version: string): () => void {
  const reported = new Set<string>();

  async function report(error: unknown): Promise<void> {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (reported.has(message) || reported.size >= reportsMax) return;
    reported.add(message);
    const stack = error instanceof Error ? error.stack?.slice(0, 4000) : undefined;
    try {
      await sendJson("POST", "api/errors", {
        message: message.slice(0, 500),
        ...(stack === undefined ? {} : { stack }),
        page: location.pathname.slice(0, 300),
        version: version.slice(0, 40),
      });
    } catch {
      // The daemon is away: reported should the same happen again.
      reported.delete(message);
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

/** A browser's notice that a new size is reported in the next frame: nothing failed. */
function isNotice({ error, message }: ErrorEvent): boolean {
  return !error && message.startsWith("ResizeObserver loop");
}
