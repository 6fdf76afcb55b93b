import { z } from "zod";

/** A setting's value, where it comes from, and what it shadows. */
export const settingOriginShape = z.object({
  path: z.string(),
  value: z.unknown(),
  origin: z.enum(["runtime", "file", "default"]).meta({ description: "runtime, file or default" }),
  shadowed: z.unknown().meta({ description: "the file's value where a runtime one holds instead" }),
});
export type SettingOrigin = z.infer<typeof settingOriginShape>;
