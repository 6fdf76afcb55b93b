import { sendJson } from "./access";
import { changedBy, type Changed } from "./changed";

/** Sends a change to a path of the daemon, and reads what it says to it. */
export async function change<T>(
  method: "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  body?: object,
): Promise<Changed<T>> {
  try {
    return await changedBy<T>(await sendJson(method, path, body));
  } catch {
    return { trouble: "The daemon does not answer.", code: null, fields: {} };
  }
}
