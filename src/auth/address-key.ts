/**
 * Who asks from there, as limits, lock-outs and shares count them: an IPv4 address, however it is written, and of IPv6 the
 * /64, for a household has 2^64 addresses of it. What is no address stands for itself.
 */
export function addressKey(address: string): string {
  if (!address.includes(":")) return address;
  const groups = groupsOf(address);
  if (groups === null) return address;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const mapped = a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff;
  if (mapped) return [g >> 8, g & 255, h >> 8, h & 255].join(".");
  return `${[a, b, c, d].map((group) => group.toString(16)).join(":")}::/64`;
}

/** The address as every later comparison knows it: an IPv4 that came as IPv6 is an IPv4, without the zone of a link. */
export function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, "").toLowerCase();
  return bare.startsWith("::ffff:") || bare.startsWith("0:0:0:0:0:ffff:") ? addressKey(bare) : bare;
}

/** The eight groups of an IPv6 address; null where it is none. A URL's host is written in one way only. */
function groupsOf(address: string): number[] | null {
  const host = URL.parse(`http://[${address.replace(/%.*$/, "")}]`)?.hostname;
  if (host === undefined) return null;
  const [head = "", tail] = host.slice(1, -1).split("::");
  const [before, after] = [numbersIn(head), numbersIn(tail ?? "")];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

function numbersIn(part: string): number[] {
  return part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
}
