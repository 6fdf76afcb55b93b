import type { Received, Reply, ScriptedServer } from "../../../support/scripted-server";

/** What the provider of a kind of channel answers, as it documents it, and how what it was sent is read. */
export interface ChannelScript {
  readonly kind: string;
  /** Its server, where it does not speak HTTP. */
  readonly start?: (options?: { readonly tls?: boolean }) => Promise<ScriptedServer>;
  /** Settings for a server at this address, every secret among them. */
  readonly settings: (url: string) => Readonly<Record<string, unknown>>;
  /** What must be seen in no answer, error or log. */
  readonly secrets: readonly string[];
  /** As it takes a message. */
  readonly accept: (request: Received) => Reply;
  /** As it takes a message but cannot change it later; null where none of its servers is so. */
  readonly acceptWithoutEdit: ((request: Received) => Reply) | null;
  readonly unauthorized: Reply;
  readonly gone: Reply;
  /** A message it will never take. */
  readonly refused: Reply;
  /** Null of one that does not speak HTTP, as the next. */
  readonly limited: Reply | null;
  /** `ms`: how long it asks to be left alone. */
  readonly limitedFor: { readonly reply: Reply; readonly ms: number } | null;
  /** What a reader is shown. `length`: of what the provider limits. */
  readonly read: (request: Received) => { readonly title: string; readonly text: string; readonly length: number };
  /** Of what was cut: how it says so. */
  readonly saysShortened: (request: Received) => boolean;
  /** What a provider or receiver knows a repeat by; null where neither can. */
  readonly idOf: ((request: Received) => string) | null;
}
