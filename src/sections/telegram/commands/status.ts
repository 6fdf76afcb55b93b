import { priorities } from "../../../core/alert";
import { folderWords } from "../../../core/freshness";
import { formatCount, formatDuration } from "../../../core/text";
import { healthOf, sourceShapes } from "../../../daemon/status";
import { openSystemAlerts } from "../../../views/alerts";
import { statedOf, wrongWith } from "../../../views/daemon-status";
import type { SourceShape } from "../../../views/sources";
import type { Command } from "./command";

const linesMax = 20;

export const statusCommand: Command = {
  name: "status",
  takes: "",
  does: "whether all is well, how fresh each source is, what is wrong",
  need: "dashboard.health.view",
  changes: false,
  async run(parts) {
    const health = healthOf(parts);
    const [open, acknowledged] = await Promise.all(
      (["open", "acknowledged"] as const).map(
        async (state) => (await parts.queries.alerts({ state, limit: 100 })).items,
      ),
    );
    const standing = [...(open ?? []), ...(acknowledged ?? [])];
    const byPriority = priorities
      .toReversed()
      .map((priority) => ({ priority, count: standing.filter((alert) => alert.priority === priority).length }))
      .filter(({ count }) => count > 0)
      .map(({ priority, count }) => `${count} ${priority}`);
    const wrong = wrongWith({
      fault: parts.writer.fault,
      checks: health.checks,
      troubles: openSystemAlerts(parts.reader.database),
    });
    return [
      `${health.demo ? "DEMO, " : ""}${health.status}, up ${formatDuration(parts.elapsed() - parts.startedAt)}`,
      ...sourceShapes(parts).map(sourceLine),
      standing.length === 0 ? "no alert stands" : `${formatCount(standing.length, "alert")}: ${byPriority.join(", ")}`,
      ...(wrong.length === 0 ? ["nothing is known to be wrong"] : wrong.map((each) => `wrong: ${each}`)),
      ...statedOf(health.checks, ["unknown"]).map((each) => `not known: ${each}`),
    ]
      .slice(0, linesMax)
      .join("\n");
  },
};

function sourceLine({ name, state, age_seconds: age, why }: SourceShape): string {
  const words = state === "idle" ? "idle" : folderWords[state];
  const last = age === null ? "no report yet" : `last report ${formatDuration(age * 1000)} ago`;
  return `${name}: ${words}, ${last}${why === null ? "" : `, ${why}`}`;
}
