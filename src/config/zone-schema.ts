import { IANAZone } from "luxon";
import { z } from "zod";

/** A zone of times: by its IANA name, or as an offset. */
export const zoneSchema = z
  .string()
  .refine(
    (zone) => /^[+-]\d{2}:\d{2}$/.test(zone) || IANAZone.isValidZone(zone),
    "expected an IANA zone such as Europe/Berlin, or an offset such as +05:30",
  );
