import { describe, expect, test } from "vitest";
import type { Page } from "../../../local/gateway/start-gateway.ts";
import { gatewayReturning, send } from "./support.ts";

const page: Page = (request, response) => {
  if (request.url !== "/") return false;
  response.end("the page");
  return true;
};

describe("a page beside the API", () => {
  test("answers the requests it wants, of paths the API does not have", async () => {
    const gateway = await gatewayReturning({ statusCode: 200, body: "the API" }, { page });
    expect((await send(gateway, "GET", "/")).body.toString()).toBe("the page");
    expect((await send(gateway, "GET", "/other")).status).toBe(404);
    expect((await send(gateway, "POST", "/")).body.toString()).toBe("the page");
  });

  test("is never asked for what the API has", async () => {
    const asked: unknown[] = [];
    const greedy: Page = ({ url }) => Boolean(asked.push(url));
    const gateway = await gatewayReturning({ statusCode: 200, body: "the API" }, { page: greedy });
    expect((await send(gateway, "GET", "/health")).body.toString()).toBe("the API");
    expect((await send(gateway, "GET", "/participant/views/%E0%A4%A")).status).toBe(400);
    expect(asked).toEqual([]);
  });
});
