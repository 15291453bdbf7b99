import { notSupported } from "./not-supported.ts";

/** DescribeView, the views of interactive step-by-step guides: not supported. */
export const describeView = notSupported("DescribeView");
