import { join } from "node:path";

const cli = join(import.meta.dir, "../../src/cli.ts");

/** The program while it runs: what it wrote so far, and a way to wait for more. */
export class Running implements AsyncDisposable {
  out = "";
  err = "";
  readonly #child;

  /** Without sign-in, unless the environment says so. */
  constructor(words: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}) {
    this.#child = Bun.spawn([process.execPath, cli, ...words], {
      cwd,
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
      env: { PATH: process.env["PATH"] ?? "", VIRTUOSO_AUTH: "off", ...environment },
    });
    void this.#gather(this.#child.stdout, (text) => (this.out += text));
    void this.#gather(this.#child.stderr, (text) => (this.err += text));
  }

  /** Waits until it has written something like this on stdout. */
  async says(pattern: RegExp, withinMs = 30_000): Promise<RegExpExecArray> {
    const until = Date.now() + withinMs;
    while (Date.now() < until) {
      const match = pattern.exec(this.out);
      if (match) return match;
      await Bun.sleep(10);
    }
    throw new Error(`it never said ${String(pattern)}; it said ${this.out} and ${this.err}`);
  }

  signal(name: "SIGINT" | "SIGTERM"): void {
    this.#child.kill(name);
  }

  get ended(): Promise<number> {
    return this.#child.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.exited;
  }

  async #gather(stream: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of stream) take(decoder.decode(bytes, { stream: true }));
  }
}
