import { render } from "preact";
import { html } from "htm/preact";
import { fetchJson } from "../live/fetch-json";
import { DocsPage } from "./docs-page";
import { here } from "../here";
import type { ApiDescription } from "./openapi";

const place = document.getElementById("desk");
if (place === null) throw new Error("the page has no place for what it shows");
const fetched = await fetchJson<ApiDescription>(here("api/openapi.json"));
place.replaceChildren();
render(
  "answer" in fetched
    ? html`<${DocsPage} description=${fetched.answer} whole=${showSection} />`
    : html`<main class="empty"><h1 class="none">no data</h1><p>${fetched.trouble}</p></main>`,
  place,
);

/** The section an address names was not there yet when the browser looked for it. */
function showSection(): void {
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}
