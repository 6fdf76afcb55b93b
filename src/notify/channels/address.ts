import { z } from "zod";

/** Where a channel's requests go. What stands before an @ would be a secret in the open. */
export const addressSchema = z.url({ protocol: /^https?$/ }).refine((url) => {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.username === "" && parsed.password === "";
}, "expected an address without a name or password before the @");
