/**
 * What may be open over a page. Most have an id; of a quarantined file it is its source and its path,
 * `reports/btc.json`, of a delivery its alert's and its own, `a12/n3-1f3a9c04`, of an entry of the audit log its number,
 * of a source, a check and an exchange its name.
 */
const openables = [
  "signal",
  "alert",
  "opportunity",
  "decision",
  "received",
  "quarantined",
  "silence",
  "delivery",
  "audit",
  "source",
  "check",
  "exchange",
] as const;
export type Openable = (typeof openables)[number];

export interface Opened {
  readonly kind: Openable;
  readonly id: string;
}

/** Where the address says it. */
const name = "open";

/** What an id is of, by its letter. */
const kinds: Readonly<Record<string, Openable>> = {
  s: "signal",
  a: "alert",
  o: "opportunity",
  d: "decision",
  m: "received",
  r: "received",
  q: "silence",
};

/** Links of an earlier version, and those in messages, name the kind: `?alert=a12`. */
const former = ["signal", "alert", "opportunity", "received"] as const satisfies readonly Openable[];

/** Null where no kind has ids like this one. */
export function kindOf(id: string): Openable | null {
  return kinds[id.charAt(0)] ?? null;
}

/** What an address says is open: `?open=s12`, or with its kind where its id does not say it: `?open=alert:store`. */
export function openedBy(query: URLSearchParams): Opened | null {
  const text = query.get(name);
  if (text !== null) {
    const named = /^([a-z]+):(.+)$/.exec(text);
    const kind = named?.[1] === undefined ? kindOf(text) : openables.find((each) => each === named[1]);
    return kind === null || kind === undefined ? null : { kind, id: named?.[2] ?? text };
  }
  const kind = former.find((each) => query.has(each));
  return kind === undefined ? null : { kind, id: query.get(kind) ?? "" };
}

/** The changes to a query that open it; with null, that close what is open. */
export function opening(opened: Opened | null): Readonly<Record<string, string | null>> {
  const closed = Object.fromEntries([name, ...former].map((each) => [each, null]));
  if (opened === null) return closed;
  const { kind, id } = opened;
  return { ...closed, [name]: kindOf(id) === kind && !id.includes(":") ? id : `${kind}:${id}` };
}

/** The address of this page with that open over it. */
export function hrefOpening(kind: Openable, id: string): string {
  const { [name]: value } = opening({ kind, id });
  const { before, hash } = closedAddress(location.href);
  return `${before}${name}=${encodeURIComponent(value ?? "")}${hash}`;
}

let closed = { of: "", before: "", hash: "" };

/** Up to where the query goes on, with nothing open: every row of a list begins with it, so it is kept. */
function closedAddress(href: string): typeof closed {
  if (closed.of === href) return closed;
  const url = new URL(href);
  for (const each of [name, ...former]) url.searchParams.delete(each);
  const { hash } = url;
  url.hash = "";
  closed = { of: href, before: `${url.href}${url.search === "" ? "?" : "&"}`, hash };
  return closed;
}
