import type { APIGatewayProxyEvent } from "aws-lambda";

/** What a page's request carries besides, as a browser sends it and a regional API Gateway adds to it. */
const headers = {
  accept: "*/*",
  "accept-encoding": "gzip, deflate, br, zstd",
  "accept-language": "en-GB,en;q=0.9",
  "content-type": "application/json",
  Host: "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
  origin: "https://www.example.com",
  priority: "u=1, i",
  referer: "https://www.example.com/",
  "sec-ch-ua": '"Chromium";v="147", "Not)A;Brand";v="24"',
  "sec-ch-ua-mobile": "?0",
  "sec-ch-ua-platform": '"Windows"',
  "sec-fetch-dest": "empty",
  "sec-fetch-mode": "cors",
  "sec-fetch-site": "cross-site",
  "User-Agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36",
  "X-Amzn-Trace-Id": "Root=1-6926f3a0-0123456789abcdef01234567",
  "X-Forwarded-For": "203.0.113.7",
  "X-Forwarded-Port": "443",
  "X-Forwarded-Proto": "https",
};

/** A POST as API Gateway hands it to a function, as JSON. */
export function postEvent(path: string, body: object, bearer?: string): string {
  const sent = { ...headers, ...(bearer !== undefined && { "x-amz-bearer": bearer }) };
  const event: Partial<APIGatewayProxyEvent> = {
    resource: path,
    path,
    httpMethod: "POST",
    headers: sent,
    multiValueHeaders: Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    body: JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      requestId: crypto.randomUUID(),
      extendedRequestId: "JKJaXmPLvHcESHA=",
      identity: { sourceIp: "203.0.113.7" },
    } as APIGatewayProxyEvent["requestContext"],
  };
  return JSON.stringify(event);
}
