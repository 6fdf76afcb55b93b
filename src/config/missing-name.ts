/** What is said of a name that stands for nothing: who uses it, and what there is instead. */
export function missingName(who: string, kind: "calendar" | "channel", name: string, names: readonly string[]): string {
  const others = names.length === 0 ? `there are no ${kind}s` : `expected one of ${names.join(", ")}`;
  return `${who} names the ${kind} ${name}: ${others}`;
}
