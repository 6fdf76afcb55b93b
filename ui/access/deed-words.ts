/** What was done, as people read it; the word itself is the filter's, and stands in the tooltip. */
const deeds: Readonly<Record<string, string>> = {
  "account.added": "account added",
  "account.password-changed": "password changed",
  "account.removed": "account removed",
  "account.role-changed": "role changed",
  "account.second-factor-dropped": "second factor removed",
  "account.second-factor-set": "second factor set",
  "account.unlocked": "account unlocked",
  "channel.added": "channel added",
  "channel.changed": "channel changed",
  "channel.removed": "channel removed",
  "clock.confirmed": "clock confirmed",
  "delivery.retried": "delivery tried again",
  "delivery.withdrawn": "delivery withdrawn",
  exported: "data exported",
  "quarantine.retried": "quarantine read again",
  "session.ended": "session ended",
  "session.refresh-reused": "stolen session suspected: a used token came again",
  "settings.changed": "settings changed",
  "sign-in": "signed in",
  "sign-in.refused": "sign-in refused",
  "sign-out": "signed out",
  "sign-out.everywhere": "signed out everywhere",
  "token.created": "API token made",
  "token.revoked": "API token revoked",
};

/** A later daemon may know others: their dots and dashes become spaces. */
export function deedText(what: string): string {
  return deeds[what] ?? what.replaceAll(/[.-]/g, " ");
}
