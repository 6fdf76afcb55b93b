import { dashboard } from "./dashboard";
import { channels } from "./virtuoso-itself/channels";
import { database } from "./virtuoso-itself/database";
import { http } from "./virtuoso-itself/http";
import { latency } from "./virtuoso-itself/latency";
import { now } from "./virtuoso-itself/now";
import { processAndHost } from "./virtuoso-itself/process-and-host";

export const virtuosoItself = dashboard({
  uid: "virtuoso-itself",
  title: "Virtuoso itself",
  description:
    "Whether the daemon keeps up: from the report to the socket and the channels, the database, HTTP, the process.",
  pages: [
    { title: "Health", path: "health" },
    { title: "Audit", path: "audit" },
    { title: "API", path: "docs" },
  ],
  rows: [now, latency, channels, database, http, processAndHost],
});
