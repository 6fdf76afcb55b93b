import { checkAccess } from "./access";
import { checkCertificate } from "./certificate";
import { checkChannels } from "./channels";
import { checkClock } from "./clock";
import { checkConfig } from "./config";
import { checkDaemon } from "./daemon";
import { checkDatabase } from "./database";
import type { DoctorCheck } from "./finding";
import { checkExposure } from "./exposure";
import { checkFolders } from "./folders";
import { checkFsync } from "./fsync";
import { checkShadowed } from "./shadowed";
import { checkSources } from "./sources";

/** In the order they are printed. */
export const checks: readonly DoctorCheck[] = [
  checkConfig,
  checkFolders,
  checkDatabase,
  checkFsync,
  checkClock,
  checkDaemon,
  checkExposure,
  checkCertificate,
  checkAccess,
  checkChannels,
  checkSources,
  checkShadowed,
];
