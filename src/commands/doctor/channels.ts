import { Sealer } from "../../auth/sealing";
import { ChannelDirectory } from "../../channels/directory";
import { formatCount } from "../../core/text";
import { openForReading, StoreError } from "../../store/db";
import type { ChannelShape } from "../../views/channels";
import { failed, ok, warning, type DoctorCheck, type Finding } from "./finding";

/** Can every channel be sent to, as far as that is known? Secrets of the config that are not set are found with the access. */
export const checkChannels: DoctorCheck = ({ data, config }) => {
  const configured = "refused" in config ? [] : config.channels;
  try {
    using database = openForReading(data);
    const directory = new ChannelDirectory({ database, sealer: new Sealer(data), now: Date.now }, configured);
    const list = directory.list();
    const findings = [
      ...list.flatMap(check),
      ...directory.shadowed.map((name) =>
        warning(`channel ${name}`, "made at run time and set aside: the config has one of that name, rename either"),
      ),
    ];
    return findings.length > 0 ? findings : [ok("channels", summaryOf(list))];
  } catch (error) {
    // What is wrong with the database is the finding of its own check.
    if (error instanceof StoreError) return [ok("channels", summaryOf(configured))];
    throw error;
  }
};

function check({ name, state, last_answer: answer, waiting, since }: ChannelShape): Finding[] {
  const waits = waiting === 0 ? "" : `; ${formatCount(waiting, "delivery waits", "deliveries wait")}`;
  const said = `${answer ?? "no answer"}${waits}`;
  if (state === "broken") return [failed(`channel ${name}`, `broken since ${since ?? "the start"}: ${said}`)];
  return state === "failing" ? [warning(`channel ${name}`, `failing since ${since ?? "the start"}: ${said}`)] : [];
}

function summaryOf({ length }: readonly unknown[]): string {
  return length === 0 ? "none: alerts stay on the page" : `${formatCount(length, "channel")}, none fails`;
}
