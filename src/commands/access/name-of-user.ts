import { userInfo } from "node:os";

/** Who is at the command line: the account's name, or its number where it has none. */
export function nameOfUser(): string {
  const { username, uid } = userInfo();
  return `${username === "" || username === "unknown" ? `user ${uid}` : username} at the command line`;
}
