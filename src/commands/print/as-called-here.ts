import { programName } from "../../config/environment";

/** Commands that messages name as the next step. */
export const named = [
  "serve",
  "demo",
  "alerts",
  "status",
  "channel",
  "config",
  "quarantine",
  "backup",
  "restore",
  "clock",
  "user",
  "token",
  "signin-link",
  "audit",
  "doctor",
];

const commandNamed = new RegExp(`(?<!npx )\\bvirtuoso (?=(?:${named.join("|")})\\b)`, "g");

/** A message as it can be typed here: rooms that know no command line name the program by its plain name. */
export function asCalledHere(message: string, program = programName()): string {
  return message.replace(commandNamed, `${program} `);
}
