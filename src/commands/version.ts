import packageFile from "../../package.json" with { type: "json" };

export function version(): string {
  return packageFile.version;
}
