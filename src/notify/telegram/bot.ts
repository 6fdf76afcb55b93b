import { isAnswer, type Post } from "../post";
import { faultIn } from "../channels/telegram-answer";
import { jsonIn } from "../channels/outcome";

/** A bot as the settings of its channels name it. */
export interface BotAddress {
  readonly token: string;
  /** Of its Bot API server. */
  readonly api: string;
}

/** Names a bot without its secret: its server and its number. */
export function botKey({ token, api }: BotAddress): string {
  return `telegram ${new URL(api).host} ${token.slice(0, token.indexOf(":"))}`;
}

/** One request to the Bot API: its answer as it came. */
export function call({ token, api }: BotAddress, method: string, body: object, post: Post): ReturnType<Post> {
  return post(`${api.replace(/\/+$/, "")}/bot${token}/${method}`, {
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** What a request came to. `retryAfterMs`: how long the server asks to be left alone; `status` null: no answer came. */
export type Called =
  | { readonly result: unknown }
  | { readonly status: number | null; readonly why: string; readonly retryAfterMs: number | null };

/** The result of a request, or why there is none; the token stands in neither. */
export async function callFor(bot: BotAddress, method: string, body: object, post: Post): Promise<Called> {
  const answer = await call(bot, method, body, post);
  if (!isAnswer(answer)) return { status: null, why: answer.code, retryAfterMs: null };
  const json = jsonIn(answer.text);
  if (answer.status === 200 && isOk(json)) return { result: json.result };
  const fault = faultIn(answer);
  const seconds = fault?.parameters?.retry_after;
  return {
    status: answer.status,
    why: (fault?.description ?? "") || `status ${answer.status}`,
    retryAfterMs: seconds === undefined ? answer.retryAfterMs : seconds * 1000,
  };
}

function isOk(json: unknown): json is { readonly result: unknown } {
  return typeof json === "object" && json !== null && "ok" in json && json.ok === true && "result" in json;
}
