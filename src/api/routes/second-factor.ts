import { z } from "zod";
import { Refused } from "../../auth/refused";
import { newRecoveryCodes, newTotpSecret, totpStepOf } from "../../auth/second-factor";
import { recoveryShape, totpShape } from "../../views/account";
import { done, doneShape } from "../../views/sign-in";
import { codeBody, passwordBody } from "../credentials";
import { accountOf, assertKnowsPassword, type OwnAccountDeps } from "../own-account";
import { Problem } from "../problems";
import { actorOf, route, type Route } from "../route";

const pendingForMs = 10 * 60_000;
const pendingMax = 100;

const confirmBody = z.strictObject({ password: passwordBody.optional() });

/** The second factor of one's own account. */
export function secondFactorRoutes(deps: OwnAccountDeps): Route[] {
  const { auth } = deps;
  /** Secrets that wait for their first code, by account. */
  const pending = new Map<number, { readonly secret: string; readonly until: number }>();
  return [
    route({
      method: "POST",
      path: "/api/auth/totp",
      need: "signed-in",
      summary: "Begins a second factor: a secret for an authenticator, in force once a code is confirmed",
      body: confirmBody,
      answer: totpShape,
      async handle(call) {
        const account = accountOf(call, auth);
        await assertKnowsPassword(call, deps, account, { password: call.body.password, field: "password" });
        if (account.totpSecret !== null)
          throw new Refused("already", "The account has a second factor: remove it first.");
        const made = await newTotpSecret(account.name);
        if (pending.size >= pendingMax) pending.clear();
        pending.set(account.id, { secret: made.secret, until: auth.now() + pendingForMs });
        return made;
      },
    }),
    route({
      method: "POST",
      path: "/api/auth/totp/confirm",
      need: "signed-in",
      summary: "Confirms the authenticator by a code; answers recovery codes",
      body: z.strictObject({ code: codeBody }),
      answer: recoveryShape,
      async handle(call) {
        const account = accountOf(call, auth);
        const waiting = pending.get(account.id);
        if (!waiting || auth.now() >= waiting.until)
          throw new Problem("conflict", "No authenticator waits to be confirmed: begin again.");
        const code = call.body.code.replaceAll(/\s/g, "");
        const step = await totpStepOf(waiting.secret, code, null, auth.now());
        if (step === null)
          throw new Refused("wrong-code", "The code is wrong or too old: is the phone's clock right?", "code");
        const { codes, hashes } = newRecoveryCodes();
        auth.accounts.setSecondFactor(account, waiting.secret, step, hashes, actorOf(call));
        pending.delete(account.id);
        return { recovery_codes: codes };
      },
    }),
    route({
      method: "POST",
      path: "/api/auth/totp/remove",
      need: "signed-in",
      summary: "Removes the second factor",
      body: confirmBody,
      answer: doneShape,
      async handle(call) {
        const account = accountOf(call, auth);
        await assertKnowsPassword(call, deps, account, { password: call.body.password, field: "password" });
        auth.accounts.dropSecondFactor(account.name, actorOf(call));
        return done;
      },
    }),
  ];
}
