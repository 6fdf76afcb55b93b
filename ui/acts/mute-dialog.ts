import { html } from "htm/preact";
import { useState } from "preact/hooks";
import type { SilenceShape } from "../../src/views/silences";
import { change } from "../live/change";
import { refreshAll } from "../live/refresh";
import { showToast } from "../live/toasts";
import { useStore } from "../store-context";
import { Dialog } from "../parts/dialog";
import { Tool } from "../parts/tool";
import type { AlertShape } from "../wire";
import {
  comesThrough,
  firstChosen,
  likenessesOf,
  previewText,
  silenceBody,
  spansFor,
  untilText,
  type Likeness,
  type Span,
} from "./mute";
import { endMute, muting } from "./muting";
import { endText } from "./silence-words";
import { usePreview } from "./use-preview";

/** A mute of what is like one alert: what, for how long, and what it would have hidden, before it is made. */
export function MuteDialog() {
  const alert = muting.value;
  return alert === null ? null : html`<${MuteForm} key=${alert.id} of=${alert} />`;
}

function MuteForm({ of: alert }: { of: AlertShape }) {
  const store = useStore();
  const all = likenessesOf(alert);
  const [chosen, choose] = useState<readonly Likeness[]>(firstChosen(all));
  const [span, hold] = useState<Span["name"]>("2h");
  const [includeHigh, include] = useState(false);
  const [comment, write] = useState("");
  const [sending, send] = useState<{ readonly busy: boolean; readonly trouble: string }>({ busy: false, trouble: "" });
  const match = all.filter(({ name }) => chosen.includes(name));
  const body = silenceBody({ alertId: alert.id, match, span, includeHigh, comment: comment.trim() });
  const label = spansFor(alert).find(({ name }) => name === span)?.label ?? "";

  async function make(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (sending.busy || match.length === 0) return;
    send({ busy: true, trouble: "" });
    const made = await change<SilenceShape>("POST", "api/silences", body);
    if ("trouble" in made) return send({ busy: false, trouble: `Not muted: ${made.trouble}` });
    endMute();
    showToast("good", `Muted: ${made.answer.words}, ${endText(made.answer, store.clock.read())}.`);
    if (store.connection.peek().state !== "connected") refreshAll(store);
  }

  return html`<${Dialog} class="mute-sheet" label=${`Mute ${alert.symbol ?? alert.rule}`} close=${endMute}>
    <form aria-busy=${sending.busy ? "true" : "false"} onSubmit=${(event: SubmitEvent) => void make(event)}>
      <header>
        <h2>Mute ${alert.symbol ?? alert.rule}</h2>
        <${Tool} icon="close" label="Close, Esc" run=${endMute} />
      </header>
      <${Likenesses} of=${all} chosen=${chosen} choose=${choose} />
      <${Spans} of=${alert} chosen=${span} choose=${hold} />
      <${Price} match=${match} includeHigh=${includeHigh} />
      <label class="also">
        <input
          type="checkbox" checked=${includeHigh}
          onChange=${(event: Event) => include((event.currentTarget as HTMLInputElement).checked)}
        />
        <span>hide high too</span><small>else high still comes through</small>
      </label>
      <input
        class="input" aria-label="Why" placeholder="Why, optional: others see it" maxlength="1000" autocomplete="off"
        value=${comment} onInput=${(event: Event) => write((event.currentTarget as HTMLInputElement).value)}
      />
      <p class="refusal" role="alert">${sending.trouble}</p>
      <footer>
        <small>That it resolved is sent all the same.</small>
        <button class="button primary" aria-disabled=${match.length === 0 ? "true" : undefined}>
          ${sending.busy ? "One moment" : span === "resolved" ? `Mute ${label}` : `Mute for ${label}`}
        </button>
      </footer>
    </form>
  <//>`;
}

interface ChoiceOf<All, One> {
  readonly of: All;
  readonly chosen: One;
  readonly choose: (chosen: One) => void;
}

function Likenesses({ of: all, chosen, choose }: ChoiceOf<ReturnType<typeof likenessesOf>, readonly Likeness[]>) {
  return html`<fieldset class="likenesses">
    <legend class="sr">What is muted</legend>
    ${all.map(
      ({ name, value }) =>
        html`<label key=${name} class=${chosen.includes(name) ? "is-on" : ""}>
          <input
            type="checkbox" checked=${chosen.includes(name)}
            onChange=${() => choose(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name])}
          />
          <span>${name}</span><b>${value}</b>
        </label>`,
    )}
  </fieldset>`;
}

function Spans({ of: alert, chosen, choose }: ChoiceOf<AlertShape, Span["name"]>) {
  const now = useStore().clock.now.value;
  return html`<fieldset>
    <legend class="sr">How long</legend>
    ${spansFor(alert).map(
      (span) =>
        html`<label key=${span.name} class=${span.name === chosen ? "is-on" : ""}>
          <input
            type="radio" name="span" checked=${span.name === chosen} autofocus=${span.name === chosen}
            onChange=${() => choose(span.name)}
          />
          <span>${span.label}</span><small>${untilText(span, alert, now)}</small>
        </label>`,
    )}
  </fieldset>`;
}

function Price({ match, includeHigh }: { match: ReturnType<typeof likenessesOf>; includeHigh: boolean }) {
  const preview = usePreview(match.length === 0 ? null : { match, include_high: includeHigh });
  const words =
    match.length === 0
      ? html`Choose what is muted.`
      : preview === null
        ? html`<span class="quiet">Looking at the last 7 days.</span>`
        : "trouble" in preview
          ? html`What it would have hidden is not known: ${preview.trouble}`
          : html`<b>${previewText(preview.answer)}</b> <span class="quiet">${comesThrough(preview.answer)}</span>`;
  return html`<p class="hides" role="status">${words}</p>`;
}
