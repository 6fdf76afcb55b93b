/**
 * Runs before anything is drawn, so that no page flashes in the wrong colours. Kept here: the browser's copy of the
 * account's preferences.
 */
{
  const kept = localStorage.getItem("virtuoso.looks")?.split(" ") ?? [];
  const root = document.documentElement.dataset;
  const wantsLight =
    kept.includes("light") || (kept.includes("system") && matchMedia("(prefers-color-scheme: light)").matches);
  root["theme"] = wantsLight ? "light" : "dark";
  root["colours"] = kept.includes("safe") ? "safe" : "standard";
  root["density"] = kept.includes("comfortable") ? "comfortable" : "compact";
}
