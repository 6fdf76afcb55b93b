import { answerQuestions } from "../worker";

export interface BareServerCommand {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers every request with the same bytes and headers and nothing else; prints its port. */
answerQuestions<BareServerCommand>(({ body, headers }) => {
  const bytes = new TextEncoder().encode(body);
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response(bytes, { headers }) });
  return { port: server.port };
});
