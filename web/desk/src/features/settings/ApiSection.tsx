import { ApiKeys } from "./ApiKeys";
import { Webhooks } from "./Webhooks";

/** What other programs may do here, and what they are told. */
export function ApiSection() {
  return (
    <>
      <ApiKeys />
      <Webhooks />
    </>
  );
}
