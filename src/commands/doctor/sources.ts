import { adviceOn, formatOffset } from "../../core/decide/rules/clock-offset";
import { systemFingerprint } from "../../core/decide/rules/system-alert";
import type { State } from "../../core/decide/state";
import { formatDuration } from "../../core/text";
import { openForReading, StoreError } from "../../store/db";
import { StoredState } from "../../store/state";
import { ok, warning, type DoctorCheck, type Finding } from "./finding";

export const checkSources: DoctorCheck = ({ data, served }) => {
  if (served === null) return [warning("sources", "not examined: the config cannot be used")];
  try {
    using database = openForReading(data);
    const state = new StoredState(database);
    return served.sources.flatMap(({ name, zone }) => check(name, state, zone));
  } catch (error) {
    // What is wrong with the database is the finding of its own check.
    if (error instanceof StoreError) return served.sources.map(({ name }) => ok(`source ${name}`, "no data yet"));
    throw error;
  }
};

function check(name: string, state: State, zone: string): Finding[] {
  const subject = `source ${name}`;
  const spokeAt = state.get("source", name)?.spokeAt ?? null;
  const findings: Finding[] = [];
  const offset = state.get("offset", name);
  if (offset && state.get("condition", systemFingerprint("clock-offset", name))) {
    findings.push(
      warning(
        subject,
        `its times are ${formatOffset(offset.quarters)} off its files' times: ${adviceOn(name, offset.quarters, offset.zoneAssumed, zone)}`,
      ),
    );
  }
  if (state.get("condition", systemFingerprint("source-silent", name))) {
    findings.push(
      warning(
        subject,
        `silent: its last report came ${spokeAt === null ? "never" : `${formatDuration(Date.now() - spokeAt)} ago`}`,
      ),
    );
  }
  if (findings.length > 0) return findings;
  return [
    ok(
      subject,
      spokeAt === null ? "no data yet" : `last report ${formatDuration(Date.now() - spokeAt)} ago, zone ${zone}`,
    ),
  ];
}
