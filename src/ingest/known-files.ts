import type { FileFacts } from "./ports";

interface Known extends FileFacts {
  readonly gone: boolean;
}

const neverTheSize = -1;

/** The ledger's files of one source, in memory: a look at 100,000 names queries nothing else. */
export class KnownFiles {
  readonly #files: Map<string, Known>;
  #turn: Iterator<string> | null = null;

  constructor(files: Iterable<readonly [string, Known]>) {
    this.#files = new Map(files);
  }

  get isEmpty(): boolean {
    return this.#files.size === 0;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** True where the file looks as it did when it was read. */
  isAsRead(path: string, facts: FileFacts): boolean {
    const known = this.#files.get(path);
    return known !== undefined && known.size === facts.size && known.modifiedAt === facts.modifiedAt;
  }

  remember(path: string, { size, modifiedAt }: FileFacts): void {
    this.#files.set(path, { size, modifiedAt, gone: false });
  }

  /** So that it is read again whatever it looks like. */
  doubt(path: string): void {
    const known = this.#files.get(path);
    if (known) this.#files.set(path, { ...known, size: neverTheSize });
  }

  setGone(path: string, gone: boolean): void {
    const known = this.#files.get(path);
    if (known) this.#files.set(path, { ...known, gone });
  }

  /** `unseen`: folders that could not be read; what is there is not missing. */
  missingFrom(there: ReadonlySet<string>, unseen: readonly string[]): string[] {
    const isUnseen = (path: string) => unseen.some((folder) => path.startsWith(`${folder}/`));
    return [...this.#files]
      .filter(([path, { gone }]) => !gone && !there.has(path) && !isUnseen(path))
      .map(([path]) => path);
  }

  returned(there: readonly string[]): string[] {
    return there.filter((path) => this.#files.get(path)?.gone);
  }

  /** The next so many paths, round and round. */
  nextTurn(max: number): string[] {
    const paths: string[] = [];
    for (let left = Math.min(max, this.#files.size); left > 0; left--) {
      this.#turn ??= this.#files.keys();
      const { value, done } = this.#turn.next();
      if (done) this.#turn = null;
      else paths.push(value);
    }
    return paths;
  }
}
