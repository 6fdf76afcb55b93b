import { html } from "htm/preact";
import { nameOf, type Schema } from "./openapi";
import { limitsOf, typeText } from "./schema-text";

/** A schema for reading: named shapes are links to where they are described once. */
export function SchemaView({ of: schema }: { of: Schema }) {
  const { inside } = unwrapped(schema);
  return html`<p class="shape-line"><${Words} of=${schema} /></p>
    ${inside.properties ? html`<${Fields} of=${inside} />` : null}`;
}

function Fields({ of: schema }: { of: Schema }) {
  const required = new Set(schema.required);
  return html`<dl class="fields">${Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const { inside } = unwrapped(field);
    return html`<div key=${name}>
      <dt><code>${name}</code>${required.has(name) ? null : html` <span class="quiet">may be left out</span>`}</dt>
      <dd><${Words} of=${field} />${inside.properties ? html`<${Fields} of=${inside} />` : null}</dd>
    </div>`;
  })}</dl>`;
}

/** Type, limits and meaning in one line. */
function Words({ of: schema }: { of: Schema }) {
  const { inside, lists, orNull } = unwrapped(schema);
  const kind =
    inside.$ref === undefined
      ? inside.properties
        ? "object"
        : (mapText(inside) ?? typeText(inside))
      : html`<a href="#shape-${nameOf(inside.$ref)}">${nameOf(inside.$ref)}</a>`;
  const limits = limitsOf(inside).join(", ");
  const description = schema.description ?? inside.description;
  return html`<span class="kind">${"list of ".repeat(lists)}${kind}${orNull ? " or null" : ""}</span>
    ${limits === "" ? null : html` <code class="limits">${limits}</code>`}
    ${description === undefined ? null : html` <span class="quiet">${description}</span>`}`;
}

interface Unwrapped {
  readonly inside: Schema;
  readonly lists: number;
  readonly orNull: boolean;
}

/** What is left of a schema without the lists around it and the null beside it. */
function unwrapped(schema: Schema): Unwrapped {
  const choices = schema.anyOf ?? schema.oneOf;
  const known = choices?.filter((choice) => choice.type !== "null");
  if (choices !== undefined && known !== undefined && known.length === 1 && known[0] !== undefined) {
    const { inside, lists, orNull } = unwrapped(known[0]);
    return { inside, lists, orNull: orNull || known.length < choices.length };
  }
  if (choices !== undefined)
    return {
      inside: { type: choices.map((choice) => (choice.$ref === undefined ? typeText(choice) : nameOf(choice.$ref))) },
      lists: 0,
      orNull: false,
    };
  if (schema.items !== undefined) {
    const { inside, lists, orNull } = unwrapped(schema.items);
    return { inside, lists: lists + 1, orNull };
  }
  return { inside: schema, lists: 0, orNull: false };
}

function mapText({ additionalProperties }: Schema): string | undefined {
  return typeof additionalProperties === "object" ? `object of ${typeText(additionalProperties)} by name` : undefined;
}
