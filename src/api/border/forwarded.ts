/** One hop of RFC 7239: names in lower case, values without their quotes. */
export type ForwardedElement = Readonly<Partial<Record<"for" | "by" | "host" | "proto", string>>>;

/** The elements of a `Forwarded` header, the nearest proxy's last. What is not of its grammar is left out. */
export function readForwarded(header: string): ForwardedElement[] {
  const elements = header.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  return elements.map((element) => {
    const pairs = [...element.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;",]+))/g)];
    return Object.fromEntries(
      pairs.map(([, name = "", quoted, token = ""]) => [
        name.toLowerCase(),
        quoted?.replaceAll(/\\(.)/g, "$1") ?? token,
      ]),
    );
  });
}
