import { PanelBuilder as BarsPanel } from "@grafana/grafana-foundation-sdk/bargauge";
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Panel,
  type Threshold,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatPanel } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeseriesPanel } from "@grafana/grafana-foundation-sdk/timeseries";

/** Which daemons a query is about; every selector carries it. */
export const here = `instance=~"$instance"`;

export const datasource = { type: "prometheus", uid: "${datasource}" };

/** One question and how its series are named. */
interface Query {
  readonly expr: string;
  readonly legend: string;
}

interface Shown {
  readonly title: string;
  /** What it shows, and what to do when it looks wrong. */
  readonly description: string;
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Columns of 24. */
  readonly span: number;
  /** Where it turns notable and bad; with `above: false` the other way round. */
  readonly limits?: { readonly notable?: number; readonly bad: number; readonly above?: false };
  /** A page of the daemon where it is looked into. */
  readonly page?: string;
}

export function timeseries(shown: Shown & { readonly stacked?: boolean; readonly max?: number }): Builder<Panel> {
  const panel = new TimeseriesPanel()
    .height(7)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .drawStyle(shown.stacked ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .fillOpacity(shown.stacked ? 70 : 8)
    .showPoints(VisibilityMode.Never)
    .min(0);
  if (shown.max !== undefined) panel.max(shown.max);
  if (shown.stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (shown.limits)
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return dressed(panel, shown);
}

type Words = Readonly<Record<string, { readonly text: string; readonly colour: string }>>;

/** `words`: what is shown in place of a value. `named`: the series' name now is the answer, not its value. */
export function stat(shown: Shown & { readonly words?: Words; readonly named?: true }): Builder<Panel> {
  const panel = new StatPanel()
    .height(4)
    .graphMode(shown.words ? BigValueGraphMode.None : BigValueGraphMode.Area)
    .colorMode(shown.limits || shown.words ? BigValueColorMode.Value : BigValueColorMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]))
    .noValue("no data");
  if (shown.words) panel.mappings([wordsFor(shown.words)]);
  if (shown.named) panel.graphMode(BigValueGraphMode.None).textMode(BigValueTextMode.Name);
  return dressed(panel, shown);
}

export function bars(shown: Shown): Builder<Panel> {
  return dressed(
    new BarsPanel()
      .height(7)
      .orientation(VizOrientation.Horizontal)
      .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]))
      .min(0)
      .noValue("no data"),
    shown,
  );
}

function dressed<P extends TimeseriesPanel | StatPanel | BarsPanel>(
  panel: P,
  { title, description, unit, queries, span, limits, page, named }: Shown & { readonly named?: true },
): P {
  panel
    .title(title)
    .description(description)
    .unit(unit)
    .span(span)
    .datasource(datasource)
    .thresholds(thresholdsFor(limits));
  for (const [index, { expr, legend }] of queries.entries()) {
    const query = new DataqueryBuilder()
      .refId(String.fromCharCode(65 + index))
      .datasource(datasource)
      .expr(expr)
      .legendFormat(legend);
    panel.withTarget(named ? query.instant() : query.range());
  }
  if (page !== undefined)
    panel.links([
      new DashboardLinkBuilder(`Virtuoso: ${page}`)
        .type(DashboardLinkType.Link)
        .url(`\${virtuoso}/${page}`)
        .targetBlank(true),
    ]);
  return panel;
}

/** The lowest step has no value: it holds from minus infinity on. */
function thresholdsFor(limits: Shown["limits"]): ThresholdsConfigBuilder {
  const { notable, bad, above } = limits ?? { bad: undefined };
  const notableStep: Threshold[] =
    notable === undefined ? [] : [{ value: notable, color: above === false ? "green" : "orange" }];
  const steps: Threshold[] =
    bad === undefined
      ? [{ value: null, color: "green" }]
      : above === false
        ? [
            { value: null, color: "red" },
            { value: bad, color: notable === undefined ? "green" : "orange" },
            ...notableStep,
          ]
        : [{ value: null, color: "green" }, ...notableStep, { value: bad, color: "red" }];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

function wordsFor(words: Words): ValueMapping {
  return {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      Object.entries(words).map(([value, { text, colour }], index) => [value, { text, color: colour, index }]),
    ),
  };
}

/** The 50th, 95th and 99th percentile of a histogram. */
export const quantiles = (metric: string, by = "", range = "5m") =>
  [0.5, 0.95, 0.99].map((share) => ({
    expr: `histogram_quantile(${share}, sum by (le${by}) (rate(${metric}_bucket{${here}}[${range}])))`,
    legend: `p${share * 100}`,
  }));
