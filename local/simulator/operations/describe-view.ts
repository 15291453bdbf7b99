import { notSimulated } from "./not-simulated.ts";

/** DescribeView: no simulated flow shows a view, so no view token is ever found. */
export const describeView = notSimulated("DescribeView", "ResourceNotFoundException");
