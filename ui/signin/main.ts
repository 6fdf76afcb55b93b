import { html } from "htm/preact";
import { render } from "preact";
import { SignInPage } from "./signin-page";

const root = document.getElementById("desk");
if (root === null) throw new Error("the page has no place to draw in");
root.replaceChildren();
render(html`<${SignInPage} />`, root);
