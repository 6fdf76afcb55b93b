import { startScriptedDaemon } from "../../browser/scripted-daemon";
import { pages } from "../../../ui/pages";

/** A page as one comes to it by its address. */
export interface Visit {
  readonly name: string;
  readonly url: string;
}

/**
 * Every page there is: those of the desk and the API's description with the demo's data, and the sign-in page, which
 * a demo has no use for.
 */
export function everyVisit(
  demo: string,
  symbol = "BTCUSDT",
): { readonly visits: readonly Visit[]; stop(): Promise<void> } {
  const signIn = startScriptedDaemon();
  signIn.change({ answers: { "/api/auth/options": { auth: "required", setup: false, identity_provider: null } } });
  return {
    visits: [
      ...pages.map(({ name, path }) => ({ name, url: `${demo}/${path.replace(":symbol", symbol)}` })),
      { name: "docs", url: `${demo}/docs` },
      { name: "sign-in", url: new URL("signin", signIn.url).href },
    ],
    stop: () => signIn.stop(),
  };
}
