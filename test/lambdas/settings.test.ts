import { describe, expect, it } from "vitest";
import { defaultLimits, defaultStartLimits, directLimits } from "../../lambdas/rate-limits/limits.ts";
import { SettingError } from "../../lambdas/setting-values.ts";
import { loadSettings, loadStartSettings } from "../../lambdas/settings.ts";

const common = { SESSIONS_TABLE: "sessions", ALLOWED_ORIGINS: "https://www.example.com" };
const start = {
  CONNECT_INSTANCE_ID: "instance",
  STARTS_TABLE: "starts",
  CONTACT_FLOWS: "support=flow-1, sales=flow-2",
};

describe("the settings", () => {
  it("have a default wherever one is safe", () => {
    expect(loadSettings(common)).toEqual({
      realTime: "relay",
      sessionsTable: "sessions",
      allowedOrigins: ["https://www.example.com"],
      allowAppsWithoutOrigin: false,
      sessionsValidFrom: 0,
      limits: defaultLimits,
      messageMaxLength: 16_384,
    });
    expect(loadStartSettings({ ...start, REAL_TIME: "direct" })).toEqual({
      instanceId: "instance",
      startsTable: "starts",
      contactFlows: new Map([
        ["support", "flow-1"],
        ["sales", "flow-2"],
      ]),
      defaultContactFlow: undefined,
      allowedAttributes: new Set(),
      chatsPerSubject: 3,
      chatDurationMaxMinutes: 1_500,
      startLimits: defaultStartLimits,
      streamingTopicArn: undefined,
    });
  });

  it("slow connections more where each of them costs Connect one", () => {
    expect(loadSettings({ ...common, REAL_TIME: "direct" }).limits).toEqual(directLimits);
  });

  it("take limits by cell and leave the others", () => {
    const limits = { message: { intervalMs: 1, burst: 2 } };
    expect(loadSettings({ ...common, RATE_LIMITS: JSON.stringify(limits) }).limits).toEqual({
      ...defaultLimits,
      ...limits,
    });
  });

  it.each([
    ["SESSIONS_TABLE", ""],
    ["ALLOWED_ORIGINS", ""],
    ["ALLOWED_ORIGINS", "www.example.com"],
    ["ALLOWED_ORIGINS", "https://www.example.com/"],
    ["ALLOWED_ORIGINS", "https://*.example.com"],
    ["ALLOWED_ORIGINS", "https://www.example.com:*"],
    ["ALLOWED_ORIGINS", "*"],
    ["ALLOWED_ORIGINS", "null"],
    ["ALLOW_APPS_WITHOUT_ORIGIN", "yes"],
    ["SESSIONS_VALID_FROM", "yesterday"],
    ["SESSIONS_VALID_FROM", "5"],
    ["SESSIONS_VALID_FROM", "02/01/2026"],
    ["SESSIONS_VALID_FROM", "2026-01-31T12:00:00"],
    ["MESSAGE_MAX_LENGTH", "0"],
    ["MESSAGE_MAX_LENGTH", "16385"],
    ["RATE_LIMITS", "fast"],
    ["RATE_LIMITS", '{"message":{"intervalMs":0,"burst":5}}'],
    ["RATE_LIMITS", '{"shouting":{"intervalMs":1,"burst":5}}'],
    ["RATE_LIMITS", '{"message":5}'],
    ["RATE_LIMITS", "5"],
    ["RATE_LIMITS", "[]"],
    ["RATE_LIMITS", '""'],
    ["RATE_LIMITS", '{"message":{"intervalMs":1,"burst":5,"rate":1}}'],
  ])("stop the start where %s is '%s', with a sentence that names it", (name, value) => {
    expect(() => loadSettings({ ...common, [name]: value })).toThrow(SettingError);
    expect(() => loadSettings({ ...common, [name]: value })).toThrow(name);
  });

  it.each([
    ["CONNECT_INSTANCE_ID", ""],
    ["STARTS_TABLE", ""],
    ["CONTACT_FLOWS", ""],
    ["CONTACT_FLOWS", "support"],
    ["CONTACT_FLOWS", "support=flow=2"],
    ["CONTACT_FLOWS", "support=flow-1,support=flow-2"],
    ["CONTACT_FLOWS", ","],
    ["DEFAULT_CONTACT_FLOW", "returns"],
    ["CHAT_DURATION_MAX_MINUTES", "59"],
    ["CHAT_DURATION_MAX_MINUTES", "10081"],
    ["START_LIMITS", "none"],
    ["START_LIMITS", '{"message":{"intervalMs":1,"burst":5}}'],
    ["START_LIMITS", '{"address":{"intervalMs":1,"burst":0}}'],
  ])("stop the start of chats where %s is '%s'", (name, value) => {
    expect(() => loadStartSettings({ ...start, [name]: value })).toThrow(name);
  });
});
