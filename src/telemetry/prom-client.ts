import type * as Prom from "prom-client";

/**
 * The parts of prom-client that are used, each by itself: its index measures the process too, and loads OpenTelemetry for
 * it, a fifth of all that a start reads.
 */
export const Registry = require("prom-client/lib/registry") as typeof Prom.Registry;
export const Counter = require("prom-client/lib/counter") as typeof Prom.Counter;
export const Gauge = require("prom-client/lib/gauge") as typeof Prom.Gauge;
export const Histogram = require("prom-client/lib/histogram") as typeof Prom.Histogram;
