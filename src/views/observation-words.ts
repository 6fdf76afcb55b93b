import type { Observation } from "../core/observation";

const words: Readonly<Record<Observation["kind"] | "market", string>> = {
  report: "Report",
  scan: "Scan",
  market: "View of the market",
  tick: "Check by the clock",
  act: "Act on alerts",
  silence: "Silence",
  configured: "Configuration",
  "source-watched": "Source watched",
  "source-unreachable": "Source unreachable",
  "source-caught-up": "Source read from its beginning",
  "rule-slow": "Slow rule",
  "rule-unhandled": "Rule that failed later",
  "scanner-fared": "State of a scanner",
  "exchange-clock": "Clock of an exchange",
  "host-measured": "Measurement of the host",
  "external-alerts": "Alerts of another system",
  "channel-test": "Test of a channel",
  "settings-changed": "Change of settings",
  "config-read": "Config file read",
  "channel-fared": "State of a channel",
  "certificate-read": "Certificate read",
};

/** What was received, as people call it: `tick` is a check by the clock. */
export function observationLabel(kind: string): string {
  return Object.hasOwn(words, kind) ? words[kind as keyof typeof words] : sentence(kind);
}

/** What judged it, as people read it: source-silent is "Source silent". */
export function ruleLabel(rule: string): string {
  return sentence(rule);
}

function sentence(name: string): string {
  const text = name.replaceAll(/[-_]+/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
