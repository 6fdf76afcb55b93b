import { describe, expect, test } from "bun:test";
import { ProxyAdvice, forwardingHeaderOf } from "../../../src/api/border/proxy-advice";
import { ProxyMistakes } from "../../../src/api/border/proxy-mistakes";

const bare = new ProxyAdvice({ publicUrl: null, allowedHosts: [], proxies: [] });
const settled = new ProxyAdvice({
  publicUrl: "https://desk.example/desk",
  allowedHosts: ["desk.internal"],
  proxies: ["10.0.0.1"],
});

describe("the very line to write", () => {
  test.each<[string | null, readonly string[]]>([
    [
      bare.withoutSignIn("10.0.0.2", "x-real-ip"),
      ["10.0.0.2", "x-real-ip", "VIRTUOSO_AUTH=off", 'server.proxies: ["10.0.0.2"]', "VIRTUOSO_PROXIES=10.0.0.2."],
    ],
    [
      bare.unnamedProxy("fd00::2", "x-forwarded-for"),
      ['server.proxies: ["fd00::2"] in virtuoso.config.ts', "VIRTUOSO_PROXIES=fd00::2."],
    ],
    // What is named already stays named.
    [
      settled.unnamedProxy("10.0.0.2", "forwarded"),
      ['server.proxies: ["10.0.0.1", "10.0.0.2"]', "VIRTUOSO_PROXIES=10.0.0.1,10.0.0.2."],
    ],
    [
      bare.unknownHost("Desk.Example:8443"),
      [
        'server.publicUrl: "https://desk.example"',
        "VIRTUOSO_PUBLIC_URL=https://desk.example;",
        "VIRTUOSO_ALLOWED_HOSTS=desk.example.",
      ],
    ],
    [
      settled.unknownHost("10.0.0.9:8000"),
      ['server.allowedHosts: ["desk.internal", "10.0.0.9"]', "VIRTUOSO_ALLOWED_HOSTS=desk.internal,10.0.0.9."],
    ],
    [
      settled.unknownHost("desk.example.org").includes("publicUrl") ? "it would take the place of what is there" : null,
      [],
    ],
    [bare.unknownHost(null), ["X-Forwarded-Host, or Host"]],
    [bare.unknownHost('desk"; rm -rf <b>'), ["has no usable host name"]],
    [
      settled.otherScheme("10.0.0.1", "desk.example", "http"),
      [
        "10.0.0.1",
        "X-Forwarded-Proto: https",
        "proxy_set_header X-Forwarded-Proto https",
        'server.publicUrl: "http://desk.example/desk"',
      ],
    ],
    [settled.otherScheme("10.0.0.1", "desk.example", "https"), []],
    [settled.otherScheme("10.0.0.1", "desk.example", null), []],
    [settled.otherScheme("10.0.0.1", "desk.internal", "http"), []],
    [bare.otherScheme("10.0.0.1", "desk.example", "http"), []],
    [
      bare.otherOrigin("https://desk.example", "desk.example", false),
      ['server.publicUrl: "https://desk.example"', "VIRTUOSO_PUBLIC_URL=https://desk.example."],
    ],
    [
      bare.otherOrigin("https://desk.example", "127.0.0.1:8000", true),
      ["127.0.0.1", "VIRTUOSO_PUBLIC_URL=https://desk.example."],
    ],
    // Nothing says that it is ours: another site is not to be let in by our own words.
    [bare.otherOrigin("https://evil.example", "127.0.0.1:8000", false), []],
    [bare.otherOrigin("null", "127.0.0.1:8000", true), []],
  ])("%p", (message, parts) => {
    if (parts.length === 0) expect(message).toBeNull();
    for (const part of parts) expect(message).toContain(part);
  });
});

test.each<[Record<string, string>, string | null]>([
  [{}, null],
  [{ "x-request-id": "1", "forwarded-to": "a" }, null],
  ...["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via"].map(
    (name): [Record<string, string>, string] => [{ [name]: "" }, name.toLowerCase()],
  ),
])("%o comes through a proxy: %p", (headers, name) => expect(forwardingHeaderOf(new Headers(headers))).toBe(name));

describe("mistakes that were seen", () => {
  const messages: string[] = [];
  let now = 1000;
  const mistakes = new ProxyMistakes({ now: () => now, onMistake: (message) => messages.push(message) });

  test("are logged once, and counted", () => {
    for (let times = 0; times < 3; times++) {
      mistakes.note("unnamed-proxy", "10.0.0.2", "who is it?");
      now += 1000;
    }
    mistakes.note("unnamed-proxy", "10.0.0.3", "who else?");
    mistakes.note("unknown-host", "10.0.0.2", "what name?");
    expect(messages).toEqual(["who is it?", "who else?", "what name?"]);
    expect(mistakes.all[0]).toEqual({ kind: "unnamed-proxy", message: "who is it?", times: 3, lastAt: 3000 });
  });

  test("fill neither memory nor log, and no kind leaves none of another", () => {
    for (let name = 0; name < 1000; name++) mistakes.note("unknown-host", `h${name}`, `h${name}`);
    expect(mistakes.all.filter(({ kind }) => kind === "unknown-host")).toHaveLength(20);
    expect(messages).toHaveLength(2 + 20 + 1);
    expect(messages.at(-1)).toContain("further ones are not");
    expect(mistakes.note("unnamed-proxy", "10.0.0.9", "and who is that?")).toBe("and who is that?");
    expect(messages.at(-1)).toBe("and who is that?");
  });

  test("are logged anew once the config changed", () => {
    mistakes.forget();
    mistakes.note("unnamed-proxy", "10.0.0.2", "who is it?");
    expect(messages.at(-1)).toBe("who is it?");
    expect(mistakes.all).toHaveLength(1);
  });
});
