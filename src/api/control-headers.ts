/** Names who sits at the command line, percent-encoded; heeded on the control socket alone. */
export const userHeader = "x-virtuoso-user";

/** On every answer over the control socket: the daemon's version. */
export const versionHeader = "x-virtuoso-version";

const nameLengthMax = 100;
/** Who sends a request to the socket by hand and says no name. */
const unnamed = "owner";

export function encodeUser(name: string): string {
  return encodeURIComponent(name);
}

/** The name for the audit log, 1 to 100 printable characters; null where it is none. */
export function readUser(header: string | null): string | null {
  if (header === null) return unnamed;
  const name = decoded(header);
  return name !== null && name.trim() !== "" && name.length <= nameLengthMax && !/\p{C}/u.test(name) ? name : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
