import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, it } from "vitest";
import { unfinishedTtl } from "../../lambdas/start/start-record.ts";
import { amazonConnect } from "../contract/target.ts";
import type { Deployment } from "./deployment.ts";
import { reap, storedItems, tablesOf } from "./left-behind.ts";

/**
 * Leaves behind what a start does whose function dies once Connect has named the contact, and lets the deployed
 * reaper find it.
 */
export function describeReaper(deployment: () => Deployment): void {
  it("the deployed reaper stops the contact of a start that died, and nothing else", async () => {
    const { account, simulator } = deployment();
    const { starts } = await tablesOf(account);
    const { ContactId } = await amazonConnect(deployment()).startChat({});
    const going = async () =>
      (await simulator.contacts()).filter(({ Status }) => Status !== "ENDED").map(({ ContactId: id }) => id);
    const before = await going();
    const now = Date.now();
    const Item = { pk: "start#dead", n: "dead", u: "dead", ci: ContactId, due: now, ttl: unfinishedTtl(now) };
    await account.tables.send(new PutCommand({ TableName: starts, Item }));
    // The emulator keeps the schedule: a run of its own may find the record before this one does.
    expect(await reap(account)).toMatchObject({ closed: 0, left: 0 });

    expect(await going()).toEqual(before.filter((id) => id !== ContactId));
    expect((await storedItems(account, starts)).filter(({ pk }) => pk === Item.pk)).toEqual([]);
  });
}
