import { describe, expect, test } from "bun:test";
import type { Priority } from "../../../../src/core/alert";
import type { Candidate } from "../../../../src/core/decide/candidate";
import { checkCap, countOverflow, stampCap } from "../../../../src/core/decide/gates/cap";
import { closeCapWindows } from "../../../../src/core/decide/gates/close-windows";
import { checkCooldown, stampCooldown } from "../../../../src/core/decide/gates/cooldown";
import { checkGates, stampGates } from "../../../../src/core/decide/gates/gates";
import { checkInhibited } from "../../../../src/core/decide/gates/inhibited";
import { checkSilenced } from "../../../../src/core/decide/gates/silenced";
import { systemFingerprint } from "../../../../src/core/decide/rules/system-alert";
import { StateOverlay, MemoryState } from "../../../../src/core/decide/state";
import type { Settings } from "../../../../src/core/settings";
import { hours, minutes, noon, usualSettings } from "../../../support/deciding";

function candidate(given: Partial<Candidate> = {}): Candidate {
  return {
    type: "SIGNAL",
    kind: "event",
    priority: "medium",
    rule: "strong-signal",
    fingerprint: "f",
    message: "m",
    source: "reports",
    symbol: "BTCUSDT",
    direction: "long",
    expiresAt: null,
    subjectSeq: 1,
    strength: 80,
    details: {},
    ...given,
  };
}

const empty = () => new StateOverlay(new MemoryState());

describe("which gates an alert meets", () => {
  test.each([
    ["an event", {}, ["inhibited", "silenced", "cooldown", "cap"]],
    ["a state", { kind: "state" }, ["inhibited", "silenced"]],
    ["an event of the desk itself", { type: "SYSTEM" }, ["inhibited", "silenced", "cooldown"]],
    ["a finding in the market", { type: "MARKET" }, ["inhibited", "silenced", "cooldown", "cap"]],
    ["an opportunity", { type: "ALPHA" }, ["inhibited", "silenced", "cooldown", "cap"]],
  ] as const)("%s", (_what, given, words) => {
    expect(checkGates(empty(), candidate(given), usualSettings(), noon).map(({ word }) => word)).toEqual([...words]);
  });

  test.each([
    ["an event", {}, 1, 1],
    ["a state", { kind: "state" }, 0, 0],
    ["an event of the desk itself", { type: "SYSTEM" }, 1, 0],
  ] as const)("%s that went out leaves its stamps", (_what, given, cooldowns, caps) => {
    const state = empty();
    stampGates(state, candidate(given), usualSettings(), noon);
    expect([[...state.entries("cooldown")].length, [...state.entries("cap")].length]).toEqual([cooldowns, caps]);
  });
});

describe("inhibited", () => {
  const silent = candidate({ type: "SYSTEM", kind: "state", rule: "source-silent" });
  const unreachable = (source: string) => {
    const state = empty();
    state.set("condition", systemFingerprint("source-unreachable", source), { since: noon, alertSeq: 1 });
    return state;
  };
  test.each([
    ["its source is unreachable", unreachable("reports"), silent, false],
    ["another source is", unreachable("other"), silent, true],
    ["nothing stands", empty(), silent, true],
    ["nothing explains this rule", unreachable("reports"), candidate(), true],
  ] as const)("%s", (_what, state, asked, passed) => {
    expect(checkInhibited(state, asked, usualSettings()).passed).toBe(passed);
  });
});

const silencing = (match: Settings["silences"][number]["match"], until = noon + 1) =>
  usualSettings({ silences: [{ match, until, why: "quiet" }] });

describe("silenced", () => {
  test.each([
    ["everything", silencing({}), false],
    ["its type", silencing({ type: "SIGNAL" }), false],
    ["another type", silencing({ type: "MARKET" }), true],
    ["its source", silencing({ source: "reports" }), false],
    ["another source", silencing({ source: "other" }), true],
    ["its symbol", silencing({ symbol: "BTCUSDT" }), false],
    ["another symbol", silencing({ symbol: "ETHUSDT" }), true],
    ["its rule", silencing({ rule: "strong-signal" }), false],
    ["another rule", silencing({ rule: "other" }), true],
    ["its source but another symbol", silencing({ source: "reports", symbol: "ETHUSDT" }), true],
    ["everything, until now", silencing({}, noon), true],
    ["nothing", usualSettings(), true],
  ] as const)("by a silence of %s", (_what, held, passed) => {
    expect(checkSilenced(empty(), candidate(), held, noon).passed).toBe(passed);
  });
});

const after = (priority: Priority, raised: Priority, agoMs: number) => {
  const state = empty();
  stampCooldown(state, candidate({ priority: raised }), noon - agoMs);
  return checkCooldown(state, candidate({ priority }), usualSettings(), noon).passed;
};

describe("cooldown", () => {
  test.each([
    ["low", "low", hours - 1, false],
    ["low", "low", hours, true],
    ["low", "medium", minutes, false],
    ["medium", "low", minutes, true],
    ["high", "medium", minutes, true],
    ["high", "high", minutes, false],
    // A clock set back must not mute for longer than the cooldown.
    ["low", "low", -hours + 1, false],
    ["low", "low", -hours, true],
  ] as const)("%s after %s raised %d ms before", (priority, raised, agoMs, passed) => {
    expect(after(priority, raised, agoMs)).toBe(passed);
  });

  test("none like it before", () => {
    const state = empty();
    stampCooldown(state, candidate({ fingerprint: "another" }), noon);
    expect(checkCooldown(state, candidate(), usualSettings(), noon)).toMatchObject({
      passed: true,
      note: "none like it before",
    });
  });

  test("what rose is the highest from then on", () => {
    const state = empty();
    stampCooldown(state, candidate({ priority: "low" }), noon - minutes);
    stampCooldown(state, candidate({ priority: "high" }), noon);
    expect(state.get("cooldown", "f")).toEqual({ raisedAt: noon, priority: "high" });
  });

  test("its length is the source's own", () => {
    const settings = usualSettings();
    const short = { ...settings, sources: { reports: { ...settings.defaults, cooldownMs: minutes } } };
    const state = empty();
    stampCooldown(state, candidate(), noon - minutes);
    expect([
      checkCooldown(state, candidate(), short, noon).passed,
      checkCooldown(state, candidate(), settings, noon).passed,
    ]).toEqual([true, false]);
  });
});

const full = (raised: readonly Priority[], at = noon, source = "reports") => {
  const state = empty();
  for (const priority of raised) stampCap(state, candidate({ priority, source }), usualSettings(), at);
  return state;
};

describe("cap", () => {
  // Three places, one of them for high only.
  test.each([
    ["medium", full([]), true],
    ["medium", full(["medium"]), true],
    ["medium", full(["medium", "low"]), false],
    ["high", full(["medium", "low"]), true],
    ["medium", full(["high", "medium"]), true],
    ["medium", full(["high", "high"]), true],
    ["high", full(["high", "high", "high"]), false],
    ["high", full(["high", "medium", "low"]), false],
    ["medium", full(["medium", "low"], noon - 1), true],
    ["medium", full(["medium", "low"], noon + 5 * minutes - 1), false],
    ["medium", full(["medium", "low"], noon, "other"), true],
  ] as const)("%s", (priority, state, passed) => {
    expect(checkCap(state, candidate({ priority }), usualSettings(), noon + 0).passed).toBe(passed);
  });

  test("what overflows is counted, the strongest named once the window is over, and the window forgotten", () => {
    const state = full(["high", "high", "high"]);
    for (const [message, priority, strength] of [
      ["weak", "low", 50],
      ["strong", "high", 95],
      ["other", "high", 90],
    ] as const)
      countOverflow(state, candidate({ message, priority, strength }), usualSettings(), noon);
    expect(closeCapWindows(state, noon + 5 * minutes - 1)).toEqual([]);
    expect(closeCapWindows(state, noon + 5 * minutes)).toMatchObject([
      {
        type: "SYSTEM",
        kind: "event",
        rule: "cap-overflow",
        priority: "high",
        source: "reports",
        details: { overflow: 3, strongest: "strong", raised: 3 },
      },
    ]);
    expect([...state.entries("cap")]).toEqual([]);
  });

  test("a window that did not overflow owes no summary", () => {
    expect(closeCapWindows(full(["high"]), noon + 5 * minutes)).toEqual([]);
  });
});
