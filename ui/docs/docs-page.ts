import { html } from "htm/preact";
import { problems } from "../../src/api/problems";
import { glossary, type Definition } from "../../src/views/glossary";
import { here } from "../here";
import { routesOf, type ApiDescription, type Body, type Parameter, type Route, type Schema } from "./openapi";
import { Pieces } from "./pieces";
import { limitsOf, typeText } from "./schema-text";
import { SchemaView } from "./schema-view";

/** The API for reading: what the daemon says of itself alone. `whole` is called once all is drawn. */
export function DocsPage({ description, whole }: { description: ApiDescription; whole: () => void }) {
  const routes = routesOf(description);
  const shapes = Object.entries(description.components?.schemas ?? {});
  return html`<div class="docs">
    <header class="top">
      <h1 class="brand">${description.info.title} API</h1>
      <span class="quiet">${description.info.version}</span>
      <span class="grow"></span>
      <nav class="tabs" aria-label="Pages">
        <a href=${here("dashboard").href}>Desk</a>
        <a href=${here("api/openapi.json").href}>openapi.json</a>
      </nav>
    </header>
    <nav class="contents" aria-label="Routes, shapes and problems" tabindex="0">
      <ul>
        ${routes.map(
          (route) =>
            html`<li key=${route.id}><a href="#${route.id}"><${Method} of=${route.method} /> ${route.path}</a></li>`,
        )}
      </ul>
      <ul>${shapes.map(([name]) => html`<li key=${name}><a href="#shape-${name}">${name}</a></li>`)}</ul>
      <ul><li><a href="#about">Lists, errors, the socket</a></li><li><a href="#problems">Problems</a></li>
        <li><a href="#words">Words</a></li></ul>
    </nav>
    <main>
      <${Pieces} of=${sectionsOf(description.info.description ?? "", routes, shapes)} whole=${whole} />
    </main>
  </div>`;
}

function sectionsOf(about: string, routes: readonly Route[], shapes: readonly (readonly [string, Schema])[]) {
  return [
    () => html`<${About} key="about" of=${about} />`,
    ...routes.map((route) => () => html`<${RouteSection} key=${route.id} route=${route} />`),
    ...shapes.map(
      ([name, schema]) =>
        () =>
          html`<section class="panel" id="shape-${name}" key=${name} aria-labelledby="name-${name}">
          <header><h2 id="name-${name}">${name}</h2></header><div class="entry"><${SchemaView} of=${schema} /></div>
        </section>`,
    ),
    () => html`<${Problems} key="problems" />`,
    () => html`<${Words} key="words" />`,
  ];
}

/** Paragraphs, with the text between backticks as code. */
function About({ of: text }: { of: string }) {
  return html`<section class="panel" id="about" aria-labelledby="name-about">
    <header><h2 id="name-about">Lists, errors, the socket</h2></header>
    <div class="entry">
      ${text.split("\n\n").map(
        (paragraph) =>
          html`<p>
              ${paragraph.split("`").map((part, place) => (place % 2 === 0 ? part : html`<code>${part}</code>`))}
            </p>`,
      )}
    </div>
  </section>`;
}

function Method({ of }: { of: string }) {
  return html`<span class="method ${of.toLowerCase()}">${of}</span>`;
}

function RouteSection({ route: { id, method, path, operation } }: { route: Route }) {
  return html`<section class="panel" id=${id} aria-labelledby="name-${id}">
    <header><h2 id="name-${id}"><${Method} of=${method} /> <code>${path}</code></h2></header>
    <div class="entry">
      <p>${operation.summary ?? ""}</p>
      ${operation.description === undefined ? null : html`<p class="quiet">${operation.description}</p>`}
      <${Parameters} of=${operation.parameters ?? []} />
      ${operation.requestBody === undefined ? null : html`<h3>Body</h3><${Content} of=${operation.requestBody} />`}
      ${Object.entries(operation.responses ?? {})
        .filter(([status]) => status !== "4XX")
        .map(([status, body]) =>
          status === "default"
            ? html`<h3>Otherwise</h3>
              <p><a href="#problems">a problem</a> <span class="quiet">application/problem+json</span></p>`
            : html`<h3>Answer ${status}</h3><${Content} of=${body} />`,
        )}
    </div>
  </section>`;
}

function Parameters({ of: parameters }: { of: readonly Parameter[] }) {
  if (parameters.length === 0) return null;
  return html`<h3>Parameters</h3><dl class="fields">${parameters.map(
    ({ name, in: place, required, schema, description }) => html`<div key=${name}>
      <dt><code>${name}</code> <span class="quiet">${required === true ? `${place}, required` : place}</span></dt>
      <dd>
        <span class="kind">${typeText(schema ?? {})}</span> <code class="limits">
          ${limitsOf(schema ?? {}).join(", ")}
        </code> <span class="quiet">${description ?? schema?.description ?? ""}</span>
      </dd>
    </div>`,
  )}</dl>`;
}

function Content({ of: body }: { of: Body }) {
  const contents = Object.entries(body.content ?? {});
  if (contents.length === 0) return html`<p class="quiet">${body.description ?? "nothing"}</p>`;
  return contents.map(
    ([type, { schema }]) =>
      html`<div key=${type}>
        <p class="quiet">${type}</p>
        ${schema === undefined ? null : html`<${SchemaView} of=${schema} />`}
      </div>`,
  );
}

function Problems() {
  return html`<section class="panel" id="problems" aria-labelledby="name-problems">
    <header><h2 id="name-problems">Problems</h2></header>
    <div class="entry">
      <p>
        An error is RFC 9457 <code>application/problem+json</code> with a stable <code>code</code>; a validation error
        lists <code>path</code> and <code>message</code> of each field.
      </p>
      <dl class="fields">
        ${Object.entries(problems).map(
          ([code, { status, title }]) =>
            html`<div key=${code}>
              <dt><code>${code}</code></dt><dd><span class="kind">${status}</span> ${title}</dd>
            </div>`,
        )}
      </dl>
    </div>
  </section>`;
}

/** The glossary: what the page's tooltips say, at `#word-strength` and the like. */
function Words() {
  const all: readonly (readonly [string, Definition])[] = Object.entries(glossary);
  return html`<section class="panel" id="words" aria-labelledby="name-words">
    <header><h2 id="name-words">Words</h2></header>
    <div class="entry">
      <dl class="fields">
        ${all
          .toSorted(([, a], [, b]) => a.term.localeCompare(b.term, "en"))
          .map(
            ([word, { term, means, unit }]) =>
              html`<div key=${word} id="word-${word}">
                <dt><b>${term}</b> <span class="quiet">${unit ?? ""}</span></dt><dd>${means}</dd>
              </div>`,
          )}
      </dl>
    </div>
  </section>`;
}
