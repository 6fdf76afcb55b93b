import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  type Dashboard,
  type Panel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { datasource, here } from "./panels";

interface Plan {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Pages of the daemon. */
  readonly pages: readonly { readonly title: string; readonly path: string }[];
  readonly rows: readonly Row[];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Builder<Panel>[];
}

/**
 * What all dashboards have in common: the data source and the daemon chosen above, the way to its pages and to each
 * other, alerts and restarts.
 */
export function dashboard({ uid, title, description, pages, rows }: Plan): Dashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(["virtuoso"])
    .timezone("browser")
    .editable()
    .refresh("30s")
    .time({ from: "now-6h", to: "now" })
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus"))
    .withVariable(
      new QueryVariableBuilder("instance")
        .label("Daemon")
        .datasource(datasource)
        .query({ query: "label_values(virtuoso_build_info, instance)", refId: "instance" })
        .definition("label_values(virtuoso_build_info, instance)")
        .refresh(VariableRefresh.OnTimeRangeChanged)
        .multi(true)
        .includeAll(true)
        .allValue(".*")
        .current({ text: "All", value: "$__all", selected: true }),
    )
    .withVariable(
      new TextBoxVariableBuilder("virtuoso")
        .label("Virtuoso")
        .description("Where the daemon's own pages are, for the links.")
        .defaultValue("http://127.0.0.1:8000")
        .current({ text: "http://127.0.0.1:8000", value: "http://127.0.0.1:8000", selected: true }),
    )
    .link(
      new DashboardLinkBuilder("Dashboards")
        .type(DashboardLinkType.Dashboards)
        .tags(["virtuoso"])
        .asDropdown(true)
        .keepTime(true)
        .includeVars(true),
    )
    .annotation(
      annotation("Alerts", "red", `ALERTS{alertname=~"Virtuoso.*", alertstate="firing", ${here}}`)
        .titleFormat("{{alertname}}")
        .textFormat("{{severity}} {{source}} {{scanner}}"),
    )
    .annotation(
      annotation("Restarts", "blue", `process_start_time_seconds{job="virtuoso", ${here}} * 1000`)
        .useValueForTime(true)
        .titleFormat("Virtuoso started")
        .textFormat("{{instance}}"),
    );
  for (const page of pages)
    builder.link(
      new DashboardLinkBuilder(page.title)
        .type(DashboardLinkType.Link)
        .icon("external link")
        .url(`\${virtuoso}/${page.path}`)
        .targetBlank(true),
    );
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panel);
  }
  return plainly(builder.build());
}

function shown<T extends { readonly placement?: unknown }>({
  placement: _placement,
  ...rest
}: T): Omit<T, "placement"> {
  return rest;
}

/**
 * The form that Grafana 11.0 writes itself, which every later one brings up to date: its schema, an id a panel, and
 * links where they are seen.
 */
function plainly(built: Dashboard): Dashboard {
  return {
    ...built,
    schemaVersion: 39,
    links: (built.links ?? []).map(shown),
    annotations: { list: (built.annotations?.list ?? []).map(shown) },
    panels: (built.panels ?? []).map((panel, index) => ({
      ...panel,
      id: index + 1,
      ...("links" in panel && panel.links ? { links: panel.links.map(shown) } : {}),
    })),
  };
}

function annotation(name: string, colour: string, expr: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(datasource)
    .enable(true)
    .iconColor(colour)
    .expr(expr)
    .step("30s")
    .target(new DataqueryBuilder().datasource(datasource).expr(expr).range());
}
