/** Is the answer of this tag what the caller has already? A caller may name several, or any. */
export function hasAlready(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (ifNoneMatch === null || ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === "*") return true;
  const opaque = opaqueOf(etag);
  return ifNoneMatch.split(",").some((each) => opaqueOf(each.trim()) === opaque);
}

/** Is it the tag of the same content, however that was compressed? */
export function sameTag(one: string, other: string): boolean {
  return opaqueOf(one) === opaqueOf(other);
}

/** Weak and strong tags differ for who changes something, not by who reads. */
function opaqueOf(tag: string): string {
  return tag.startsWith("W/") ? tag.slice(2) : tag;
}
