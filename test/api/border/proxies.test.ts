import { describe, expect, test } from "bun:test";
import { Proxies } from "../../../src/api/border/proxies";
import { isAddressOrNetwork } from "../../../src/config/address";

const trusted = new Proxies(["127.0.0.1", "10.0.0.0/8", "fd00::/8"], false);

function caller(proxies: Proxies, peer: string, headers: Record<string, string>) {
  return proxies.peerOf(new Headers({ host: "desk.internal", ...headers }), () => peer);
}

describe("the caller's address", () => {
  test.each([
    ["no proxy", "192.0.2.1", {}, "192.0.2.1"],
    ["a stranger who says he is another", "192.0.2.1", { "x-forwarded-for": "198.51.100.9" }, "192.0.2.1"],
    ["a proxy's word", "127.0.0.1", { "x-forwarded-for": "198.51.100.9" }, "198.51.100.9"],
    ["a chain of proxies", "127.0.0.1", { "x-forwarded-for": "198.51.100.9, 10.1.2.3" }, "198.51.100.9"],
    [
      "what the caller wrote before it",
      "127.0.0.1",
      { "x-forwarded-for": "127.0.0.1, 203.0.113.5, 198.51.100.9" },
      "198.51.100.9",
    ],
    ["only proxies", "127.0.0.1", { "x-forwarded-for": "10.0.0.1, 10.0.0.2" }, "10.0.0.1"],
    ["nonsense", "127.0.0.1", { "x-forwarded-for": "evil, unknown" }, "127.0.0.1"],
    ["nonsense behind an address", "127.0.0.1", { "x-forwarded-for": "evil, 198.51.100.9" }, "198.51.100.9"],
    ["a proxy that says nothing", "10.1.1.1", {}, "10.1.1.1"],
    ["of the new kind, with a port", "fd00::1", { "x-forwarded-for": "[2001:db8::1]:4711" }, "2001:db8::1"],
    ["of the new kind, as it is", "fd00::1", { "x-forwarded-for": "2001:DB8::1" }, "2001:db8::1"],
    ["with a port", "127.0.0.1", { "x-forwarded-for": "203.0.113.5:80, 198.51.100.9:51234" }, "198.51.100.9"],
    ["in brackets and quotes", "127.0.0.1", { "x-forwarded-for": '"[2001:db8::1]"' }, "2001:db8::1"],
    ["with the zone of a link", "127.0.0.1", { "x-forwarded-for": "fe80::1%eth0" }, "fe80::1"],
    ["with zone and port", "127.0.0.1", { "x-forwarded-for": "[fe80::1%25eth0]:4711" }, "fe80::1"],
    ["a peer with a zone", "fd00::1%eth0", { "x-forwarded-for": "198.51.100.9" }, "198.51.100.9"],
    ["mapped, all hexadecimal", "::ffff:a01:101", { "x-forwarded-for": "::FFFF:c633:6409" }, "198.51.100.9"],
    ["Forwarded", "127.0.0.1", { forwarded: "for=203.0.113.5, for=198.51.100.9;proto=https" }, "198.51.100.9"],
    [
      "Forwarded, in quotes",
      "127.0.0.1",
      { forwarded: 'For="[2001:db8:cafe::17]:4711" ; by="a, b"' },
      "2001:db8:cafe::17",
    ],
    [
      "Forwarded, in a chain",
      "127.0.0.1",
      { forwarded: 'for="198.51.100.9:80";host="x,y", for=10.1.2.3' },
      "198.51.100.9",
    ],
    ["Forwarded, hidden", "127.0.0.1", { forwarded: "for=203.0.113.5, for=_hidden" }, "127.0.0.1"],
    ["Forwarded, with a quote that never ends", "127.0.0.1", { forwarded: 'for="198.51.100.9' }, "127.0.0.1"],
    [
      "Forwarded that the caller wrote beside the proxy's word",
      "127.0.0.1",
      { "forwarded": "for=203.0.113.5", "x-forwarded-for": "198.51.100.9" },
      "198.51.100.9",
    ],
    ["mapped", "::ffff:10.1.1.1", { "x-forwarded-for": "::ffff:198.51.100.9" }, "198.51.100.9"],
  ])("%s", (_, peer, headers, address) =>
    expect(caller(trusted, peer, headers as Record<string, string>).address).toBe(address),
  );

  test("no header counts where no proxy is named", () => {
    const headers = {
      "x-forwarded-for": "198.51.100.9",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "evil.example",
    };
    const { address, secure, host } = caller(new Proxies([], false), "127.0.0.1", headers);
    expect({ address, secure, host }).toEqual({ address: "127.0.0.1", secure: false, host: "desk.internal" });
  });
});

test("scheme and name come from the proxy", () => {
  const headers = {
    "x-forwarded-for": "198.51.100.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "desk.example",
  };
  expect(caller(trusted, "10.0.0.1", headers)).toEqual({
    address: "198.51.100.9",
    secure: true,
    host: "desk.example",
    proxy: "10.0.0.1",
    proxyScheme: "https",
  });
  expect(caller(trusted, "192.0.2.1", headers)).toEqual({
    address: "192.0.2.1",
    secure: false,
    host: "desk.internal",
    proxy: null,
    proxyScheme: null,
  });
  expect(caller(new Proxies([], true), "192.0.2.1", {}).secure).toBe(true);
});

test("Forwarded gives scheme and name as well, of the nearest proxy", () => {
  const headers = {
    forwarded: 'for=203.0.113.5;host=evil.example;proto=http, for=198.51.100.9;Host="desk.example:443";proto=HTTPS',
  };
  expect(caller(trusted, "10.0.0.1", headers)).toEqual({
    address: "198.51.100.9",
    secure: true,
    host: "desk.example:443",
    proxy: "10.0.0.1",
    proxyScheme: "https",
  });
});

test("a proxy is an address or a network", () => {
  for (const good of ["127.0.0.1", "::1", "10.0.0.0/8", "fd00::/8", "0.0.0.0/0"])
    expect(isAddressOrNetwork(good)).toBe(true);
  for (const bad of ["proxy.internal", "10.0.0.0/33", "10.0.0/8", "fd00::/129", "10.0.0.0/8/9", "10.0.0.0/", ""])
    expect(isAddressOrNetwork(bad)).toBe(false);
});

describe("who asks for the public address came by its scheme, whatever the proxy says or leaves out", () => {
  test.each<[string, Record<string, string>, boolean]>([
    ["https://desk.example/desk", { host: "desk.example" }, true],
    ["https://desk.example", { host: "DESK.example:443" }, true],
    ["https://desk.example", { "host": "desk.example", "x-forwarded-proto": "http" }, true],
    ["https://desk.example", { "host": "10.0.0.1:8000", "x-forwarded-host": "desk.example" }, true],
    ["https://desk.example", { host: "desk.example:8000" }, false],
    ["https://desk.example", { host: "127.0.0.1:8000" }, false],
    ["https://desk.example:8443", { host: "desk.example:8443" }, true],
    ["http://desk.example", { host: "desk.example" }, false],
    ["http://desk.example", { "host": "desk.example", "x-forwarded-proto": "https" }, true],
  ])("%s, asked with %o", (publicUrl, headers, secure) => {
    expect(caller(new Proxies(["10.0.0.0/8"], false, publicUrl), "10.1.1.1", headers).secure).toBe(secure);
    // A proxy that is not named is not believed, but the address is the config's own word.
    const { "x-forwarded-host": asked, "x-forwarded-proto": _, ...rest } = headers;
    if (asked === undefined && secure && publicUrl.startsWith("https"))
      expect(caller(new Proxies([], false, publicUrl), "10.1.1.1", rest).secure).toBe(true);
  });
});
