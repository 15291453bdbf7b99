import { DomainName, EndpointType, type RestApi, SecurityPolicy } from "aws-cdk-lib/aws-apigateway";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { Construct } from "constructs";

/** Properties of {@link CustomDomain}. */
export interface CustomDomainProps {
  readonly api: RestApi;
  readonly name: string;
  readonly certificateArn: string;
}

/** The API under a name of the company's own, TLS 1.2 and above. Its DNS record is the company's to make. */
export class CustomDomain extends Construct {
  /** Host name that the DNS record of the domain has to point at. */
  readonly target: string;

  constructor(scope: Construct, id: string, { api, name, certificateArn }: CustomDomainProps) {
    super(scope, id);
    const domain = new DomainName(this, "Domain", {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, "Certificate", certificateArn),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    domain.addBasePathMapping(api);
    this.target = domain.domainNameAliasDomainName;
  }
}
