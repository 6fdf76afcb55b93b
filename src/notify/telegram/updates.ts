import { z } from "zod";

const userSchema = z.object({ id: z.int(), is_bot: z.boolean().optional() });
const chatSchema = z.object({ id: z.int(), username: z.string().optional() });

const messageSchema = z.object({
  /** Epoch seconds. */
  date: z.number(),
  chat: chatSchema,
  from: userSchema.optional(),
  text: z.string().optional(),
  /** The group is a supergroup from now on: the id it has, in the last message of the old one. */
  migrate_to_chat_id: z.int().optional(),
  /** The id it had, in the first message of the new one. */
  migrate_from_chat_id: z.int().optional(),
});
const callbackSchema = z.object({
  id: z.string(),
  from: userSchema,
  message: z.object({ chat: chatSchema, message_id: z.int() }).optional(),
  data: z.string().max(64).optional(),
});
const updateSchema = z.object({
  update_id: z.int(),
  message: messageSchema.optional().catch(undefined),
  callback_query: callbackSchema.optional().catch(undefined),
});

export type Update = z.output<typeof updateSchema>;
export type ChatMessage = z.output<typeof messageSchema>;
export type Callback = z.output<typeof callbackSchema>;

/** What a poll brought, in order; what is of no kind that is known still has its number. Null where it is no such answer. */
export function readUpdates(result: unknown): Update[] | null {
  const parsed = z.array(updateSchema).safeParse(result);
  return parsed.success ? parsed.data.toSorted((a, b) => a.update_id - b.update_id) : null;
}
