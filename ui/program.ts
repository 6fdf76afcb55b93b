/** How the program is called on the daemon's machine: by its name, or by npx in a checkout. */
export const program = globalThis.document?.documentElement.dataset["program"] ?? "virtuoso";
