import { expect, test } from "bun:test";
import { hrefOpening, openedBy, opening } from "../../../ui/shell/opened";

const read = (query: string) => openedBy(new URLSearchParams(query));

test.each([
  ["open=s12", { kind: "signal", id: "s12" }],
  ["open=a13&direction=short", { kind: "alert", id: "a13" }],
  ["open=o14", { kind: "opportunity", id: "o14" }],
  ["open=d17", { kind: "decision", id: "d17" }],
  ["open=r16", { kind: "received", id: "r16" }],
  ["open=m15", { kind: "received", id: "m15" }],
  // Its id says nothing of its kind.
  ["open=quarantined:reports/a b:c.json", { kind: "quarantined", id: "reports/a b:c.json" }],
  ["open=q18", { kind: "silence", id: "q18" }],
  ["open=delivery:a13/n3-1f3a9c04", { kind: "delivery", id: "a13/n3-1f3a9c04" }],
  ["open=audit:17", { kind: "audit", id: "17" }],
  ["open=source:reports", { kind: "source", id: "reports" }],
  ["open=check:source:reports", { kind: "check", id: "source:reports" }],
  ["open=exchange:bybit", { kind: "exchange", id: "bybit" }],
  ["open=alert:store", { kind: "alert", id: "store" }],
  // Links of an earlier version, and those in messages.
  ["signal=s12", { kind: "signal", id: "s12" }],
  ["alert=a13", { kind: "alert", id: "a13" }],
  ["alert=store", { kind: "alert", id: "store" }],
  ["opportunity=o14", { kind: "opportunity", id: "o14" }],
  ["received=m15", { kind: "received", id: "m15" }],
  ["open=", null],
  ["open=7", null],
  ["open=nothing:7", null],
  ["q=signal", null],
] as const)("what %s opens", (query, opened) => {
  expect(read(query)).toEqual(opened);
});

function changed(kind: "alert" | "decision", id: string): string {
  const query = new URLSearchParams("signal=s1&q=btc");
  for (const [name, value] of Object.entries(opening({ kind, id })))
    if (value === null) query.delete(name);
    else query.set(name, value);
  return query.toString();
}

test("each kind is in the address by one name, and what an old link named goes", () => {
  expect(changed("alert", "a13")).toBe("q=btc&open=a13");
  expect(changed("decision", "d17")).toBe("q=btc&open=d17");
  expect(changed("alert", "store")).toBe("q=btc&open=alert%3Astore");
});

test("closing takes every name away", () => {
  expect(Object.values(opening(null)).every((value) => value === null)).toBe(true);
});

const at = (href: string) => Object.assign(globalThis, { location: { href } });

test("a link opens over the page as it is: its filters and its place stay, and nothing else is open", () => {
  at("https://desk.example/signals?q=btc&signal=s1#top");
  expect(hrefOpening("signal", "s12")).toBe("https://desk.example/signals?q=btc&open=s12#top");
  at("https://desk.example/quarantine?open=s12");
  expect(hrefOpening("quarantined", "reports/a b:c.json")).toBe(
    "https://desk.example/quarantine?open=quarantined%3Areports%2Fa%20b%3Ac.json",
  );
});
