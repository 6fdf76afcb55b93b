import { sendJson } from "./access";
import { changedBy, unanswered, type Changed } from "./changed";

/** Sends a change to a path of the daemon, and reads the answer. Never rejects. */
export async function change<T>(
  method: "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  body?: object,
): Promise<Changed<T>> {
  try {
    return await changedBy<T>(await sendJson(method, path, body));
  } catch {
    return unanswered;
  }
}
