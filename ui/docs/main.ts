import { render } from "preact";
import { html } from "htm/preact";
import { ask } from "../live/ask";
import { DocsPage } from "./docs-page";
import { here } from "../here";
import type { ApiDescription } from "./openapi";

const place = document.getElementById("desk");
if (place === null) throw new Error("the page has no place for what it shows");
const asked = await ask<ApiDescription>(here("api/openapi.json"), new AbortController().signal);
place.replaceChildren();
render("answer" in asked ? html`<${DocsPage} description=${asked.answer} />` : html`<main class="empty"><h1 class="none">no data</h1><p>${asked.trouble}</p></main>`, place);
// The section an address names was not there yet when the browser looked for it.
document.getElementById(location.hash.slice(1))?.scrollIntoView();
