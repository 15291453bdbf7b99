/**
 * THE TABLE of metrics: every name the functions may count under, with its unit and its sets of dimensions. Plain
 * data, so that alarms watch what the code emits. CloudWatch bills each combination of values: no contact, address,
 * handle or page is ever a dimension. `Deployment` alone is the total, which plain alarms need.
 */
// biome-ignore format: a table reads by its columns
export const metricTable = {
  Succeeded: { unit: "Count", dimensions: [["Deployment", "Operation"]] },
  ClientErrors: { unit: "Count", dimensions: [["Deployment", "Operation"]] },
  ThrottledByUs: { unit: "Count", dimensions: [["Deployment", "Operation"], ["Deployment"]] },
  ThrottledByConnect: { unit: "Count", dimensions: [["Deployment", "Operation"]] },
  Failed: { unit: "Count", dimensions: [["Deployment", "Operation"]] },
  Latency: { unit: "Milliseconds", dimensions: [["Deployment", "Operation"]] },
  UpstreamThrottles: { unit: "Count", dimensions: [["Deployment"]] },
  HandleMisuse: { unit: "Count", dimensions: [["Deployment"]] },
  BrokenSeals: { unit: "Count", dimensions: [["Deployment"]] },
  AttachmentsRejected: { unit: "Count", dimensions: [["Deployment", "Reason"], ["Deployment"]] },
  OrphanStarts: { unit: "Count", dimensions: [["Deployment"]] },
  ReaperLag: { unit: "Milliseconds", dimensions: [["Deployment"]] },
  RelayDeliveries: { unit: "Count", dimensions: [["Deployment"]] },
  RelayDeliveryFailures: { unit: "Count", dimensions: [["Deployment"]] },
} as const;

/** Namespace of every metric. */
export const metricNamespace = "ConnectChatBff";

/** The value of `Operation` where the gateway sent what no route matches. */
export const unmatchedOperation = "unmatched";

/** Reasons of a file's refusal, each a value of `Reason`: what was said of it or what arrived does not fit. */
export const rejectionReasons = [
  "AttachmentActiveContent",
  "AttachmentAmbiguous",
  "AttachmentChanged",
  "AttachmentDamaged",
  "AttachmentEncoding",
  "AttachmentEncrypted",
  "AttachmentExpandsTooMuch",
  "AttachmentNameRefused",
  "AttachmentSizeMismatch",
  "AttachmentSizeRefused",
  "AttachmentTypeMismatch",
  "AttachmentTypeRefused",
] as const;
