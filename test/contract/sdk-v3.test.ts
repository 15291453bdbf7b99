import { describeContract } from "./describe-contract.ts";
import { sdkV3 } from "./sdk-v3-client.ts";

describeContract(sdkV3);
