import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * What the functions' bundles have in the place of the AWS SDK's chain of credential providers: Lambda gives every
 * function its role's credentials in the environment, so files, profiles, sign-ins and metadata services are code
 * that would only be loaded.
 */
export const defaultProvider = () => fromEnv();
