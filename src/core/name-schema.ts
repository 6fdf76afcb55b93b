import { z } from "zod";

/** How what a config names is called: sources, exchanges, channels, routes, calendars. */
export const nameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, "expected lower-case letters, digits, - and _, 40 at most");
