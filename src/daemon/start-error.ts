/** The daemon cannot start as it is asked to; one line says why and what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
}
