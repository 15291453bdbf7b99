import type { CrashPlan } from "./crash-plans.ts";
import { judgeSchedule } from "./judge-schedule.ts";
import { drawSchedule, type Schedule, type ScheduleOptions } from "./schedule.ts";
import { type ChatOutcome, type ChatSurroundings, runSchedule } from "./scheduled-chat.ts";

/** Schedules to run, and how. */
export interface ScheduleSeries extends ScheduleOptions {
  /** What they show, for the line that sums them up. */
  readonly title: string;
  readonly count: number;
  readonly crashes?: CrashPlan;
}

/** Schedules under way at a time: as many as keep the database busy. */
const parallel = 12;

/** Set to run one schedule alone: that of the seed. */
const onlySeed = process.env["SCHEDULE_SEED"];

/**
 * Runs the schedules of the seeds from 1, several at a time, and prints one line about them.
 *
 * @returns what went wrong, with the seed that repeats it
 */
export async function runSchedules(
  surroundings: ChatSurroundings,
  { title, count, crashes, ...options }: ScheduleSeries,
): Promise<readonly string[]> {
  const startedAt = Date.now();
  const seeds = onlySeed ? [Number(onlySeed)] : Array.from({ length: count }, (_, index) => index + 1);
  const total = { schedules: 0, notifications: 0, duplicates: 0, posts: 0, crashes: 0 };
  const failures: string[] = [];
  const left = seeds.values();

  async function runTheLeft(): Promise<void> {
    for (const seed of left) {
      const schedule = drawSchedule(seed, options);
      const outcome = await runSchedule(surroundings, schedule, crashes?.(seed));
      const wrong = judgeSchedule(schedule, outcome);
      if (wrong.length > 0) failures.push(`SCHEDULE_SEED=${seed}: ${wrong.join("; ")}`);
      addTo(total, schedule, outcome);
    }
  }

  await Promise.all(Array.from({ length: parallel }, runTheLeft));
  const figures = Object.entries(total).map(([name, figure]) => `${figure} ${name}`);
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(0);
  process.stdout.write(`${title}: ${figures.join(", ")}, ${failures.length} wrong, in ${seconds} s\n`);
  return failures;
}

type Totals = Record<"schedules" | "notifications" | "duplicates" | "posts" | "crashes", number>;

function addTo(total: Totals, { items }: Schedule, { sockets, crashes }: ChatOutcome): void {
  const notifications = items.reduce((sum, { arrivals }) => sum + arrivals.length, 0);
  const answers = sockets.filter(({ frames }) => frames.length > 0).length;
  total.schedules += 1;
  total.notifications += notifications;
  total.duplicates += notifications - items.length;
  total.posts += sockets.reduce((sum, { frames }) => sum + frames.length, 0) - answers;
  total.crashes += crashes;
}
