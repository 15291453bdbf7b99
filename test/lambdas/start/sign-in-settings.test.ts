import { describe, expect, it } from "vitest";
import { SettingError } from "../../../lambdas/setting-values.ts";
import { loadSignInSettings } from "../../../lambdas/start/sign-in-settings.ts";

const jwt = { START_AUTH: "jwt", JWT_ISSUER: "https://login.example.com/", JWT_AUDIENCE: "chat-page" };

describe("the settings of the sign-in", () => {
  it("are none where everybody may start a chat", () => {
    expect(loadSignInSettings({}, new Set())).toBeUndefined();
    expect(loadSignInSettings({ ...jwt, START_AUTH: "open" }, new Set())).toBeUndefined();
  });

  it("find the keys beside the issuer, or where they are told", () => {
    const own = { ...jwt, JWT_JWKS_URI: "http://127.0.0.1:8080/keys" };

    expect(loadSignInSettings(jwt, new Set())?.jwksUri.href).toBe(
      "https://login.example.com/.well-known/jwks.json",
    );
    expect(loadSignInSettings(own, new Set())?.jwksUri.href).toBe("http://127.0.0.1:8080/keys");
  });

  it.each([
    ["START_AUTH", "cookie"],
    ["START_AUTH", ""],
    ["START_AUTH", undefined],
    ["JWT_ISSUER", ""],
    ["JWT_ISSUER", "login.example.com"],
    ["JWT_ISSUER", "http://login.example.com"],
    ["JWT_ISSUER", "https://me@login.example.com"],
    ["JWT_ISSUER", "https://login.example.com/?tenant=1"],
    ["JWT_ISSUER", "https://login.example.com/#"],
    ["JWT_AUDIENCE", ""],
    ["JWT_AUDIENCE", " , "],
    ["JWT_JWKS_URI", "http://login.example.com/keys"],
    ["CLAIM_ATTRIBUTES", "email"],
    ["CLAIM_ATTRIBUTES", "email=customer email"],
    ["CLAIM_ATTRIBUTES", "sub=topic"],
    ["CLAIM_ATTRIBUTES", "email=a,sub=a"],
    ["CLAIM_ATTRIBUTES", "email=a,email=b"],
  ])("stop the start where %s is '%s', with a sentence that names it", (name, value) => {
    expect(() => loadSignInSettings({ ...jwt, [name]: value }, new Set(["topic"]))).toThrow(SettingError);
    expect(() => loadSignInSettings({ ...jwt, [name]: value }, new Set(["topic"]))).toThrow(name);
  });
});
