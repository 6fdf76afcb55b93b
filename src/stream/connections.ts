import type { Socket, UpgradeRefusal } from "./socket";

export interface ConnectionLimits {
  readonly connections: number;
  readonly perAddress: number;
}

/** The open sockets, and how many each address has of them. */
export class Connections {
  readonly #sockets = new Set<Socket>();
  readonly #byAddress = new Map<string, number>();

  constructor(private readonly limits: ConnectionLimits) {}

  get size(): number {
    return this.#sockets.size;
  }

  [Symbol.iterator](): Iterator<Socket> {
    return this.#sockets.values();
  }

  has(socket: Socket): boolean {
    return this.#sockets.has(socket);
  }

  /** Why no further one of this address is taken; null where it is. */
  refusalFor(address: string): UpgradeRefusal | null {
    if (this.#sockets.size >= this.limits.connections) return "connections-taken";
    return (this.#byAddress.get(address) ?? 0) >= this.limits.perAddress ? "share-taken" : null;
  }

  add(socket: Socket): void {
    const { address } = socket.data;
    this.#sockets.add(socket);
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1);
  }

  /** False where it was not among them. */
  delete(socket: Socket): boolean {
    if (!this.#sockets.delete(socket)) return false;
    const { address } = socket.data;
    const left = (this.#byAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#byAddress.set(address, left);
    else this.#byAddress.delete(address);
    return true;
  }
}
