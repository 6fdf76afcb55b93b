import { parser } from "@prometheus-io/lezer-promql";
import { catalogue } from "../../src/telemetry/catalogue";
import type { Described, LabelValues } from "../../src/telemetry/described";

/** A selector as it is written: a metric and what is asked of its labels. */
interface Selector {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly operator: string; readonly value: string }[];
}

interface Parsed {
  readonly selectors: readonly Selector[];
  /** Labels it groups or matches by. */
  readonly grouping: readonly string[];
  /** Where Prometheus' grammar did not understand it. */
  readonly errors: readonly string[];
}

export function parse(expr: string): Parsed {
  const text = (node: { from: number; to: number }) => expr.slice(node.from, node.to);
  const selectors: Selector[] = [];
  const grouping: string[] = [];
  const errors: string[] = [];
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError) errors.push(`at ${node.from}: ${expr.slice(node.from, node.from + 20)}`);
      if (node.name === "VectorSelector") {
        const name = node.node.getChild("Identifier");
        const matchers = (node.node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? []).map(
          (matcher) => {
            const [label, operator, value] = ["LabelName", "MatchOp", "StringLiteral"].map((kind) =>
              matcher.getChild(kind),
            );
            return {
              label: label ? text(label) : "",
              operator: operator ? text(operator) : "",
              value: value ? text(value).slice(1, -1) : "",
            };
          },
        );
        selectors.push({ metric: name ? text(name) : "", matchers });
      }
      if (node.name === "GroupingLabels") grouping.push(...node.node.getChildren("LabelName").map(text));
    },
  });
  return { selectors, grouping, errors };
}

const byScraping = ["job", "instance"];
/** What Prometheus makes itself. */
const ofPrometheus: Readonly<Record<string, Record<string, LabelValues>>> = {
  up: {},
  ALERTS: {
    alertname: { open: true, valuesMax: 1 },
    alertstate: ["firing", "pending"],
    severity: ["critical", "warning"],
    source: { open: true, valuesMax: 1 },
    scanner: { open: true, valuesMax: 1 },
  },
};

/** The labels a series of that name has, `le` included; null where there is no such metric. */
function labelsOf(
  metric: string,
  recorded: ReadonlyMap<string, readonly string[]>,
): Readonly<Record<string, LabelValues | null>> | null {
  const own = recorded.get(metric);
  if (own) return Object.fromEntries(own.map((label) => [label, null]));
  const open = Object.fromEntries(byScraping.map((label) => [label, null]));
  const builtIn = ofPrometheus[metric];
  if (builtIn) return { ...open, ...builtIn };
  for (const { name, type, labels } of Object.values(catalogue) as Described[]) {
    if (type !== "histogram" && name === metric) return { ...open, ...labels };
    if (type !== "histogram") continue;
    if (metric === `${name}_bucket`) return { ...open, ...labels, le: null };
    if (metric === `${name}_sum` || metric === `${name}_count`) return { ...open, ...labels };
  }
  return null;
}

/** What an expression names that does not exist; empty where all of it does. */
export function unknownIn(expr: string, recorded: ReadonlyMap<string, readonly string[]>): string[] {
  const { selectors, grouping, errors } = parse(expr);
  const wrong = [...errors];
  const known = new Set<string>();
  for (const { metric, matchers } of selectors) {
    const labels = labelsOf(metric, recorded);
    if (labels === null) {
      wrong.push(`no metric ${metric}`);
      continue;
    }
    for (const label of Object.keys(labels)) known.add(label);
    for (const { label, operator, value } of matchers) {
      const values = labels[label];
      if (values === undefined) wrong.push(`${metric} has no label ${label}`);
      else if (Array.isArray(values) && (operator === "=" || operator === "!=") && !values.includes(value))
        wrong.push(`${metric} never has ${label}="${value}"`);
    }
  }
  for (const label of grouping) if (!known.has(label)) wrong.push(`nothing here has a label ${label}`);
  return wrong;
}

/** The labels an expression's own result may have. */
export function labelsIn(expr: string, recorded: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  return new Set(parse(expr).selectors.flatMap(({ metric }) => Object.keys(labelsOf(metric, recorded) ?? {})));
}

const comparing = new Set(["Eql", "Neq", "Gtr", "Lss", "Gte", "Lte", "And", "Or", "Unless", "EqlSingle"]);

/** What a condition compares: an alert that does not fire answers with nothing, but what it looks at is there. */
export function operandsOf(expr: string): string[] {
  let top = parser.parse(expr).topNode.firstChild;
  while (top?.name === "ParenExpr") top = top.firstChild;
  const operator = top?.name === "BinaryExpr" ? top.firstChild?.nextSibling : null;
  if (!top || !operator || !comparing.has(operator.name)) return top?.name === "NumberDurationLiteral" ? [] : [expr];
  return [top.firstChild, top.lastChild].flatMap((side) => (side ? operandsOf(expr.slice(side.from, side.to)) : []));
}
