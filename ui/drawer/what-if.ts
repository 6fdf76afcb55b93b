import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import type { Word } from "../../src/core/decide/decision";
import type { TunablesPatch } from "../../src/core/tunables";
import { shortLabelOf } from "../../src/views/check-words";
import type { Preview } from "../../src/views/preview";
import { sendJson } from "../live/access";
import { describeFailure, noAnswer, problemIn } from "../live/failure";
import { count } from "../parts/numbers";
import { momentText } from "../parts/time";
import { Priority } from "../parts/priority";

/** Replaying a week is work: it starts when the typing pauses. */
const restMs = 500;

type Answer = { readonly preview: Preview } | { readonly trouble: string };

/** What a change would have done to the last 7 days, before it is saved. */
export function WhatIf({ patch, wrong }: { patch: TunablesPatch; wrong: number }) {
  const change = JSON.stringify(patch);
  const [kept, keep] = useState<{ readonly change: string; readonly answer: Answer } | null>(null);
  useEffect(() => {
    if (change === "{}") return;
    let over = false;
    const run = async () => {
      const answer = await answerFor(change);
      if (!over) keep({ change, answer });
    };
    const timer = setTimeout(() => void run(), restMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [change]);
  return html`<section class="what-if" aria-labelledby="what-if" aria-live="polite">
    <header>
      <h3 id="what-if">What if, last 7 days</h3>
      <span class="quiet">${wrong > 0 ? `leaves out the ${wrong === 1 ? "field" : "fields"} to fix` : ""}</span>
    </header>
    ${
      change === "{}"
        ? html`<p class="quiet">Change a field to see what it would have done, before saving it.</p>`
        : kept === null || kept.change !== change
          ? html`<p class="quiet">Replaying the week.</p>`
          : "trouble" in kept.answer
            ? html`<p class="bad">${kept.answer.trouble}</p>`
            : html`<${Outcome} of=${kept.answer.preview} />`
    }
  </section>`;
}

async function answerFor(change: string): Promise<Answer> {
  const answer = await sendJson("POST", "api/dashboard/config/preview", JSON.parse(change)).catch(() => null);
  if (answer === null) return { trouble: noAnswer };
  if (answer.ok) return { preview: (await answer.json()) as Preview };
  return { trouble: describeFailure(answer, await problemIn(answer)) };
}

function Outcome({ of: { current, proposed, observations, since, complete, rules, lost, gained } }: { of: Preview }) {
  const more = proposed.held_back - current.held_back;
  const max = Math.max(1, ...Object.values(current.by_priority), ...Object.values(proposed.by_priority));
  const words = differences(current.by_word, proposed.by_word);
  return html`<p class="big">
    <span class="from">${count(current.alerts)}</span> <span class="quiet">to</span> <b>${count(proposed.alerts)}</b>
    ${proposed.alerts === 1 ? " alert" : " alerts"}
    <span class="of">
      <span class="more">
        ${more === 0 ? "as many held back" : `${count(Math.abs(more))} ${more > 0 ? "more" : "fewer"} held back`}
      </span>
      <span class="quiet">
        ${
          words
            .map(([word, by]) => `${shortLabelOf(word as Word)} ${by > 0 ? "+" : "\u2212"}${Math.abs(by)}`)
            .join(", ") || "every decision as before"
        }
      </span>
    </span>
  </p>
    <div class="bars">
      ${(["high", "medium", "low"] as const).map(
        (priority) =>
          html`<${Bar}
            key=${priority} name=${priority} max=${max}
            before=${current.by_priority[priority] ?? 0} after=${proposed.by_priority[priority] ?? 0}
          />`,
      )}
    </div>
    <${Examples} title="Would not have been raised" of=${lost} />
    <${Examples} title="Would have been raised besides" of=${gained} />
    <p class="quiet">
      ${count(observations)} ${observations === 1 ? "observation" : "observations"} replayed by the code that decides
      live, since ${momentText(Date.parse(since))}
      ${complete ? "" : "; there is more than is looked at"}.${rules === null ? "" : ` ${rulesText(rules)}`}
    </p>`;
}

function rulesText({ asked, within_seconds: seconds, faults, trouble }: NonNullable<Preview["rules"]>): string {
  if (trouble !== null) return `Your rules could not be run again, their earlier answers count: ${trouble}`;
  const failed = faults === 0 ? "" : `, ${count(faults)} ${faults === 1 ? "answer" : "answers"} failed`;
  return `Your rules were run again (${asked.join(", ") || "none applied"}), each within ${seconds} s${failed}.`;
}

const width = 240;

function Bar({
  name,
  before,
  after,
  max,
}: {
  name: "high" | "medium" | "low";
  before: number;
  after: number;
  max: number;
}) {
  return html`<p>
    <${Priority} of=${name} />
    <svg
      class="before-after" width=${width} height="14" viewBox="0 0 ${width} 14" role="img"
      aria-label=${`${name}: ${before} before, ${after} after`}
    >
      <rect class="after" y="3" width=${(width * after) / max} height="8" />
      <rect class="before" x=".5" y=".5" width=${Math.max(0, (width * before) / max - 1)} height="13" />
    </svg>
    <span class="num">${count(before)} to <b>${count(after)}</b></span>
  </p>`;
}

const shown = 3;

function Examples({ title, of: { count: times, items } }: { title: string; of: Preview["lost"] }) {
  if (times === 0) return null;
  return html`<div class="examples">
    <h4>${title}: ${count(times)}</h4>
    <ul>
      ${items.slice(0, shown).map(
        ({ timestamp, priority, message }) =>
          html`<li key=${timestamp + message}>
              <${Priority} of=${priority} />
              <span title=${message}>${message}</span>
              <time class="quiet" datetime=${timestamp}>${momentText(Date.parse(timestamp))}</time>
            </li>`,
      )}
    </ul>
  </div>`;
}

function differences(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): readonly (readonly [string, number])[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((word) => [word, (after[word] ?? 0) - (before[word] ?? 0)] as const)
    .filter(([word, by]) => by !== 0 && word !== "raised")
    .toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a));
}
