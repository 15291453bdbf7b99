/**
 * Settings of a system whose Connect fails. The simulator's hour is the fake clock's, far from the machine's: the SDK takes
 * that for clock skew and would try every error again for it, so that no number of tries meant anything.
 */
export const faultSettings = { AWS_DISABLE_CLOCK_SKEW_CORRECTION: "true" };
