import type { Matcher } from "../../core/matcher";
import { inPlainWords, plainIssues } from "../../core/plain-words";
import { Problem } from "../../api/problems";
import { makeSilence, termsBody, type SilenceBody } from "../../api/routes/silences";
import { silenceShape } from "../../views/silences";
import { printItems } from "../print/print";
import { timeFormatFor } from "../print/time";
import type { TermsOptions } from "../silence";
import { shownWith } from "./shown";
import { onSilences } from "./on-silences";

export async function addSilence(match: readonly Matcher[], options: TermsOptions): Promise<void> {
  const { for: forMs, until, alert, comment, includeHigh } = options;
  const body = {
    ...(match.length > 0 && { match }),
    ...(forMs !== undefined && { for: `${forMs}ms` }),
    ...(until !== undefined && { until }),
    ...(alert !== undefined && { alert }),
    ...(comment !== undefined && { comment }),
    ...(includeHigh === true && { include_high: true }),
  };
  const silence = await onSilences(options, {
    running: (daemon) => daemon.post("/api/silences", body, silenceShape),
    stopped: (deps, actor) => makeSilence(deps, readBody(body), actor),
  });
  printItems([silence], options.output, shownWith(timeFormatFor(options)));
}

/** Throws Problem. */
function readBody(body: object): SilenceBody {
  const parsed = termsBody.safeParse(body, inPlainWords);
  if (parsed.success) return parsed.data;
  throw new Problem("validation", undefined, plainIssues(parsed.error));
}
