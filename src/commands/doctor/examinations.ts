import { examineAccess } from "./access";
import { examineCertificate } from "./certificate";
import { examineClock } from "./clock";
import { examineConfig } from "./config";
import { examineDaemon } from "./daemon";
import { examineDatabase } from "./database";
import type { Examination } from "./finding";
import { examineExposure } from "./exposure";
import { examineFolders } from "./folders";
import { examineFsync } from "./fsync";
import { examineShadowed } from "./shadowed";
import { examineSources } from "./sources";

/** In the order they are told. */
export const examinations: readonly Examination[] = [
  examineConfig,
  examineFolders,
  examineDatabase,
  examineFsync,
  examineClock,
  examineDaemon,
  examineExposure,
  examineCertificate,
  examineAccess,
  examineSources,
  examineShadowed,
];
