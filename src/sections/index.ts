import type { CreateSection } from "../daemon/parts";
import { accessSection } from "./access";
import { actsSection } from "./acts";
import { alertsSection } from "./alerts";
import { backupsSection } from "./backups";
import { channelsSection } from "./channels";
import { certificateSection } from "./certificate";
import { clockSection } from "./clock";
import { databaseSection } from "./database";
import { externalAlertsSection } from "./external-alerts";
import { figuresSection } from "./figures";
import { healthSection } from "./health";
import { hostSection } from "./host";
import { liveSection } from "./live";
import { marketSection } from "./market";
import { notifySection } from "./notify";
import { ownerSection } from "./owner";
import { preferencesSection } from "./preferences";
import { reportsSection } from "./reports";
import { routesSection } from "./routes";
import { rulesSection } from "./rules";
import { scansSection } from "./scans";
import { selfMetricsSection } from "./self-metrics";
import { silencesSection } from "./silences";
import { settingsSection } from "./settings";
import { telegramSection } from "./telegram";

/** Every capability of the daemon; adding one is one line here. Sockets are sent a commit's events before it is counted. */
export const allSections: readonly CreateSection[] = [
  liveSection,
  alertsSection,
  actsSection,
  silencesSection,
  notifySection,
  channelsSection,
  routesSection,
  telegramSection,
  reportsSection,
  hostSection,
  marketSection,
  figuresSection,
  backupsSection,
  scansSection,
  rulesSection,
  settingsSection,
  preferencesSection,
  accessSection,
  ownerSection,
  certificateSection,
  clockSection,
  databaseSection,
  healthSection,
  selfMetricsSection,
  externalAlertsSection,
];
