import type { CreateSection } from "../daemon/section";
import { accessSection } from "./access";
import { alertsSection } from "./alerts";
import { backupsSection } from "./backups";
import { certificateSection } from "./certificate";
import { clockSection } from "./clock";
import { databaseSection } from "./database";
import { figuresSection } from "./figures";
import { hostSection } from "./host";
import { liveSection } from "./live";
import { marketSection } from "./market";
import { reportsSection } from "./reports";
import { rulesSection } from "./rules";
import { scansSection } from "./scans";
import { selfMetricsSection } from "./self-metrics";
import { settingsSection } from "./settings";

/** Every capability of the daemon; adding one is one line here. What is live learns of a commit before it is counted. */
export const allSections: readonly CreateSection[] = [
  liveSection,
  selfMetricsSection,
  databaseSection,
  settingsSection,
  certificateSection,
  reportsSection,
  hostSection,
  marketSection,
  figuresSection,
  backupsSection,
  scansSection,
  rulesSection,
  alertsSection,
  accessSection,
  clockSection,
];
