/**
 * Does the same for each of many things, `together` at a time. @throws what `work` throws; a worker that failed takes
 * no further thing
 */
export async function forEachOf<Thing>(
  things: readonly Thing[],
  together: number,
  work: (thing: Thing) => Promise<void>,
): Promise<void> {
  const queue = things.values();
  const row = async () => {
    for (const thing of queue) await work(thing);
  };
  await Promise.all(Array.from({ length: together }, row));
}
