/**
 * The one spelling of a path that limits, permissions, prepared answers and routes go by: letters, digits and `-._~` stand
 * for themselves (RFC 3986, 6.2.2), what would part it otherwise stays encoded. Dots and backslashes are resolved by the server.
 */
export function canonicalPath(path: string): string {
  return path.includes("%") ? path.replaceAll(/%[0-9a-f]{2}/gi, unreserved) : path;
}

function unreserved(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
}
