import { answerQuestions, wallMs } from "../worker";

/** A receiver in a process of its own that notes when a request was on the wire. */
export interface ReceiverAnswer {
  readonly url: string;
  /** When the first request about each alert came, epoch ms, by path and the alert's id. */
  readonly arrivals: Readonly<Record<string, number>>;
}

let arrivals: Record<string, number> = {};

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  async fetch(request) {
    const at = wallMs();
    const { data } = (await request.json()) as { data: { alert: { id: string } | null } };
    arrivals[`${new URL(request.url).pathname} ${data.alert?.id ?? ""}`] ??= at;
    return new Response(null, { status: 204 });
  },
});

answerQuestions<object>(() => {
  const answer: ReceiverAnswer = { url: server.url.href, arrivals };
  arrivals = {};
  return answer;
});
