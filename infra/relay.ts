import { Construct } from "constructs";
import type { ChatBffConfig } from "./config.ts";
import type { GatewayLogRole } from "./gateway-log-role.ts";
import { RelayApi } from "./relay-api.ts";
import { RelayTable } from "./relay-table.ts";
import { StreamingTopic } from "./streaming-topic.ts";

/** Properties of {@link Relay}. */
export interface RelayProps {
  readonly config: ChatBffConfig;
  readonly logRole: GatewayLogRole | undefined;
}

/**
 * What the mode `relay` has beside its function, and the mode `direct` does not: the way from Amazon Connect to the
 * browsers.
 */
export class Relay extends Construct {
  readonly topic: StreamingTopic;
  readonly table: RelayTable;
  readonly api: RelayApi;

  constructor(scope: Construct, id: string, { config, logRole }: RelayProps) {
    super(scope, id);
    this.topic = new StreamingTopic(this, "Streaming", { instance: config.instance });
    this.table = new RelayTable(this, "Deliveries");
    this.api = new RelayApi(this, "Sockets", { config, logRole });
  }
}
