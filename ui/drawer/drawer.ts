import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../store-context";
import { may, me } from "../live/access";
import { showToast } from "../live/toasts";
import { Dialog } from "../parts/dialog";
import { Icon } from "../parts/icon";
import { Tool } from "../parts/tool";
import { Skeleton } from "../parts/skeleton";
import { overlay } from "../shell/overlay";
import { FieldRow } from "./field-row";
import { changesOf, faultOf, patchOf, readValue, type Field } from "./fields";
import { loadSettings, readHeld, saveSettings, type Held, type Loaded } from "./held-settings";
import { WhatIf } from "./what-if";

/** The settings: checked as they are typed, tried on the last 7 days, and saved unless someone else saved first. */
export function Drawer() {
  const [loaded, load] = useState<Loaded | null>(null);
  useEffect(() => void loadSettings().then(load), []);
  return html`<${Dialog} class="drawer" label="Configuration" close=${() => overlay.close()}>
    <header>
      <${Icon} name="settings" />
      <h2>Configuration</h2>
      <span class="grow"></span>
      <${Tool} icon="close" label="Close" run=${() => overlay.close()} />
      <kbd class="wide-only">Esc</kbd>
    </header>
    ${
      loaded === null
        ? html`<${Skeleton} />`
        : "trouble" in loaded
          ? html`<div class="empty">
            <p class="none"><${Icon} name="error" />no answer</p>
            <p>${loaded.trouble}</p>
            <button type="button" class="button" onClick=${() => void loadSettings().then(load)}>Try again</button>
          </div>`
          : html`<${Form} fields=${loaded.fields} first=${loaded.held} />`
    }
  <//>`;
}

function Form({ fields, first }: { fields: readonly Field[]; first: Held }) {
  const store = useStore();
  const [held, hold] = useState(first);
  const [typed, write] = useState<Readonly<Record<string, string>>>({});
  const [overtaken, mark] = useState<readonly string[]>([]);
  const [faults, blame] = useState<Readonly<Record<string, string>>>({});
  const [saving, setSaving] = useState(false);
  const own = useRef(false);

  const changed = changesOf(fields, typed, held.settings);
  const wrong = changed.filter((field) => faultOf(field, typed[field.path] ?? "") !== null);
  const patch = patchOf(changed, typed);
  const fixed = me.value !== null && !may("dashboard.settings.manage");
  const groups = [...new Set(fields.map(({ group }) => group))];

  /** Takes the settings in force; a field someone else changed while it was being edited is marked, not overwritten. */
  async function takeHeld(): Promise<void> {
    const now = await readHeld();
    if ("trouble" in now) return;
    mark(
      fields
        .filter(
          (field) =>
            readValue(now.settings, field) !== readValue(held.settings, field) && typed[field.path] !== undefined,
        )
        .map(({ path }) => path),
    );
    hold(now);
  }

  useEffect(
    () =>
      store.listen((frame) => {
        if (frame.type === "settings_changed" && !own.current) void takeHeld();
      }),
    [held, typed],
  );

  async function save(): Promise<void> {
    setSaving(true);
    own.current = true;
    const saved = await saveSettings(patch, held.etag);
    own.current = false;
    setSaving(false);
    if (saved.outcome === "saved") {
      showToast("good", `Saved: ${changed.map(({ title }) => title.toLowerCase()).join(", ")}. In force from now on.`);
      overlay.close();
    } else if (saved.outcome === "overtaken") {
      showToast(
        "bad",
        "Someone else changed the settings meanwhile. Nothing was saved: check the settings in force, and save again.",
      );
      await takeHeld();
    } else {
      blame(saved.faults);
      showToast("bad", saved.why);
    }
  }

  function set(field: Field, text: string): void {
    write((before) => ({ ...before, [field.path]: text }));
    blame(({ [field.path]: _gone, ...rest }) => rest);
  }

  return html`<form
    onSubmit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (changed.length > 0 && wrong.length === 0 && !fixed && !saving) void save();
    }}
  >
    <div class="fields-of-settings" tabindex="0" role="group" aria-label="Settings">
      ${groups.map(
        (group) => html`<fieldset key=${group}>
          <legend>${group}</legend>
          ${fields
            .filter((field) => field.group === group)
            .map(
              (field) =>
                html`<${FieldRow}
                  key=${field.path} field=${field} held=${readValue(held.settings, field)}
                  text=${typed[field.path] ?? String(readValue(held.settings, field))} fixed=${fixed}
                  refused=${faults[field.path] ?? null} overtaken=${overtaken.includes(field.path)}
                  write=${(text: string) => set(field, text)}
                />`,
            )}
        </fieldset>`,
      )}
      <${WhatIf} patch=${patch} wrong=${wrong.length} />
    </div>
    <footer>
      <button
        type="button" class="button" disabled=${fixed}
        onClick=${() =>
          write(
            Object.fromEntries(fields.flatMap(({ path, usual }) => (usual === null ? [] : [[path, String(usual)]]))),
          )}
      >Reset to defaults</button>
      <span class="grow"></span>
      ${
        fixed
          ? html`<span class="quiet">You may look, not change.</span>`
          : wrong.length > 0
            ? html`<span class="bad">${wrong.length} ${wrong.length === 1 ? "field" : "fields"} to fix</span>`
            : null
      }
      <button
        type="button" class="button" disabled=${changed.length === 0}
        onClick=${() => {
          write({});
          mark([]);
        }}
      >Discard</button>
      <button
        type="submit" class="button primary" disabled=${fixed || saving || changed.length === 0 || wrong.length > 0}
      >
        ${changed.length === 0 ? "Save" : `Save ${changed.length} ${changed.length === 1 ? "change" : "changes"}`}
      </button>
    </footer>
  </form>`;
}
