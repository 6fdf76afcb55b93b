import { here } from "../here";
import { changedBy, unanswered, type Changed } from "../live/changed";
import { keepUntil } from "../live/kept-until";
import { wanted } from "./wanted";

interface SignedIn {
  readonly status: "signed-in" | "setup";
  readonly expires_in?: number;
}

/** Sends the credentials; once signed in, the page that was wanted is loaded. */
export async function sendCredentials(
  path: "login" | "link" | "setup",
  body: Readonly<Record<string, string>>,
): Promise<Changed<SignedIn>> {
  try {
    const changed = await changedBy<SignedIn>(
      await fetch(here(`api/auth/${path}`), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
    if ("answer" in changed && changed.answer.status === "signed-in") {
      keepUntil(Date.now() + (changed.answer.expires_in ?? 0) * 1000);
      location.replace(wanted(location.search));
    }
    return changed;
  } catch {
    return unanswered;
  }
}
