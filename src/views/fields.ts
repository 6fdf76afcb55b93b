import { z } from "zod";

/** Fields that shapes of several nouns have. */

export const time = z.iso.datetime().meta({ description: "ISO 8601, UTC, milliseconds" });
export const number = z.number().nullable();
export const text = z.string().nullable();
