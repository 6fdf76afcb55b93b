import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dashboards, textOf } from "../../grafana/source/generate";
import { pageAt } from "../../ui/pages";
import { allExpressions, grafanaFolder, readDashboards, readRules } from "./expressions";
import { labelsIn, parse, unknownIn } from "./promql";

/** Dashboards and rules, judged without any server: by Prometheus' own grammar and by the catalogue of metrics. */

const recorded = new Map(
  readRules().flatMap(({ record, expr }) =>
    record === undefined ? [] : [[record, parse(expr).grouping.filter((label) => label !== "le")]],
  ),
);

test("the dashboards are what their code makes: npm run grafana:generate", () => {
  expect(readdirSync(join(grafanaFolder, "dashboards")).toSorted()).toEqual(Object.keys(dashboards).toSorted());
  for (const [name, dashboard] of Object.entries(dashboards))
    expect(readFileSync(join(grafanaFolder, "dashboards", name), "utf8")).toBe(textOf(dashboard));
});

test("every expression is PromQL, and every metric, label and closed value it names is in the catalogue", () => {
  const wrong = allExpressions().flatMap(({ where, expr }) =>
    unknownIn(expr, recorded).map((what) => `${where}: ${what}`),
  );
  expect(wrong).toEqual([]);
  expect(allExpressions().length).toBeGreaterThan(90);
});

test("the judge of expressions knows what is wrong", () => {
  expect(unknownIn("sum(rate(virtuoso_reports_total[5m])", recorded)).not.toEqual([]);
  expect(unknownIn("virtuoso_no_such_thing", recorded)).toEqual(["no metric virtuoso_no_such_thing"]);
  expect(unknownIn('virtuoso_reports_total{symbol="BTCUSDT"}', recorded)).toEqual([
    "virtuoso_reports_total has no label symbol",
  ]);
  expect(unknownIn('virtuoso_reports_total{outcome="eaten"}', recorded)).toEqual([
    'virtuoso_reports_total never has outcome="eaten"',
  ]);
  expect(unknownIn("sum by (colour) (virtuoso_alerts_open)", recorded)).toEqual(["nothing here has a label colour"]);
});

test("every panel can be read, understood and acted upon", () => {
  for (const { title, panels, templating } of readDashboards()) {
    expect(templating.list.map(({ name }) => name)).toEqual(["datasource", "instance", "virtuoso"]);
    const real = panels.filter(({ type }) => type !== "row");
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const panel of real) {
      const where = `${title} / ${panel.title}`;
      expect({ where, datasource: panel.datasource }).toEqual({
        where,
        datasource: { type: "prometheus", uid: "${datasource}" },
      });
      expect({ where, described: (panel.description ?? "").length > 30 }).toEqual({ where, described: true });
      expect({ where, asks: (panel.targets ?? []).length > 0 }).toEqual({ where, asks: true });
      expect({ where, fits: panel.gridPos.x + panel.gridPos.w <= 24 && panel.gridPos.w >= 3 }).toEqual({
        where,
        fits: true,
      });
    }
    const overlapping = real.filter((panel, index) =>
      real.slice(index + 1).some((other) => overlap(panel.gridPos, other.gridPos)),
    );
    expect(overlapping.map((panel) => panel.title)).toEqual([]);
  }
});

test("every link leads to a page of the daemon", () => {
  const links = readDashboards().flatMap(({ links, panels }) =>
    [...links, ...panels.flatMap((panel) => panel.links ?? [])].flatMap(({ url }) => url ?? []),
  );
  expect(links.length).toBeGreaterThan(5);
  const leadingNowhere = links.filter((url) => {
    const path = url.replace("${virtuoso}/", "");
    return !url.startsWith("${virtuoso}/") || (path !== "docs" && pageAt(path) === null);
  });
  expect(leadingNowhere).toEqual([]);
});

test("every alert says what is wrong and what to do", () => {
  const readme = readFileSync(join(grafanaFolder, "README.md"), "utf8");
  const alerts = readRules().filter(({ alert }) => alert !== undefined);
  expect(alerts.length).toBeGreaterThanOrEqual(12);
  for (const { alert = "", expr, labels = {}, annotations = {} } of alerts) {
    expect(["critical", "warning"]).toContain(labels["severity"] ?? "");
    expect(Object.keys(annotations).toSorted()).toEqual(["description", "runbook", "summary"]);
    expect(annotations["runbook"]).toBe(`grafana/README.md#${alert.toLowerCase()}`);
    expect(readme).toMatch(new RegExp(`\n### ${alert}\n\n[A-Z*\`].{60}`, "s"));
    const named = [...`${annotations["summary"]} ${annotations["description"]}`.matchAll(/\$labels\.(\w+)/g)].map(
      (match) => match[1] ?? "",
    );
    const known = labelsIn(expr, recorded);
    expect(named.filter((label) => !known.has(label))).toEqual([]);
  }
  const sections = [...readme.matchAll(/\n### (Virtuoso\w+)\n/g)].map((match) => match[1] ?? "");
  expect(sections.toSorted()).toEqual(alerts.map(({ alert }) => alert ?? "").toSorted());
});

test("the compose file mounts what is there", () => {
  const compose = Bun.YAML.parse(readFileSync(join(grafanaFolder, "compose.yml"), "utf8")) as {
    services: Record<string, { image: string; volumes: string[] }>;
  };
  expect(Object.keys(compose.services)).toEqual(["prometheus", "alertmanager", "grafana"]);
  const mounted = Object.values(compose.services).flatMap(({ volumes }) =>
    volumes.flatMap((volume) => (volume.startsWith("./") ? [volume.split(":")[0] ?? ""] : [])),
  );
  // The token is made by whoever runs it.
  expect(mounted.filter((path) => path !== "./ingest-token" && !existsSync(join(grafanaFolder, path)))).toEqual([]);
  for (const { image } of Object.values(compose.services)) expect(image).toMatch(/:v?\d+\.\d+\.\d+$/);
});

interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
