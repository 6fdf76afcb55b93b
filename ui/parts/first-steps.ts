import { html } from "htm/preact";
import { exampleCommand } from "../../src/core/example-report";
import type { SourceDetail } from "../../src/views/sources";
import { program } from "../program";
import { CommandLine } from "./command-line";

/** What to do where no source has sent anything yet: where reports belong, one to try, and the demo. */
export function FirstSteps({ sources }: { sources: readonly SourceDetail[] }) {
  const [first] = sources;
  if (first === undefined) return null;
  const more = sources.length - 1;
  return html`<div class="first-steps">
    <h3>No report was read yet</h3>
    <p>
      Reports are read from <code class="path">${first.dir}</code>${
        more === 0 ? "" : ` and ${more} more ${more === 1 ? "folder" : "folders"}`
      } on the daemon's machine. Write one there, in a terminal:
    </p>
    <${CommandLine} of=${exampleCommand(first.dir, first.state === "unreachable")} label="Write a first report" />
    <p>Or see everything at work, over a simulated market:</p>
    <${CommandLine} of=${`${program} demo --port 0`} label="Start the demo" />
    <p>It prints the address of its page. Nothing of it mixes with what is read here.</p>
  </div>`;
}
