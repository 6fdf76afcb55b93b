/** What does not fit between a proxy and this daemon. */
export type ProxyMistakeKind = "without-sign-in" | "unnamed-proxy" | "unknown-host" | "other-scheme" | "other-origin";

/** One of them, since the start or the last change of the config. */
export interface ProxyMistake {
  readonly kind: ProxyMistakeKind;
  /** What is wrong and what to write. */
  readonly message: string;
  readonly times: number;
  /** Epoch ms. */
  readonly lastAt: number;
}

/** Strangers choose the names they ask by: of each kind only so many are kept and logged. */
const perKindMax = 20;

/** Each mistake is logged once, by what it is about, and kept for who asks what is wrong. */
export class ProxyMistakes {
  readonly #kept = new Map<string, ProxyMistake>();
  readonly #full = new Set<ProxyMistakeKind>();

  constructor(private readonly deps: { readonly now: () => number; readonly onMistake: (message: string) => void }) {}

  /** `about`: the address or the name. Answers the message. */
  note(kind: ProxyMistakeKind, about: string, message: string): string {
    const key = `${kind} ${about}`;
    const before = this.#kept.get(key);
    if (before === undefined && this.#count(kind) >= perKindMax) {
      if (!this.#full.has(kind))
        this.deps.onMistake(`${perKindMax} mistakes of the kind ${kind} were logged; further ones are not`);
      this.#full.add(kind);
      return message;
    }
    if (before?.message !== message) this.deps.onMistake(message);
    this.#kept.set(key, { kind, message, times: (before?.times ?? 0) + 1, lastAt: this.deps.now() });
    return message;
  }

  get all(): readonly ProxyMistake[] {
    return [...this.#kept.values()];
  }

  /** The config changed: what was wrong may be mended. */
  forget(): void {
    this.#kept.clear();
    this.#full.clear();
  }

  #count(kind: ProxyMistakeKind): number {
    let count = 0;
    for (const each of this.#kept.values()) if (each.kind === kind) count++;
    return count;
  }
}
