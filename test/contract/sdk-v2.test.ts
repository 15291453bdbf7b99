import { describeContract } from "./describe-contract.ts";
import { sdkV2 } from "./sdk-v2-client.ts";

describeContract(sdkV2);
