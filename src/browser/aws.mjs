// Changes by others in the AWS of the demo, which checks no signature.

/** Gives instances of a deployment a tag that no Terraform knows of. */
export async function tagInstances(endpoint, region, deployment, key, value) {
  const found = await call(endpoint, region, {
    Action: "DescribeInstances",
    "Filter.1.Name": "tag:ec2-docker:name",
    "Filter.1.Value.1": deployment,
    "Filter.2.Name": "instance-state-name",
    "Filter.2.Value.1": "running",
  });
  const ids = [...found.matchAll(/<instanceId>(i-[0-9a-f]+)<\/instanceId>/g)].map((match) => match[1]);
  for (const id of ids) {
    await call(endpoint, region, { Action: "CreateTags", "ResourceId.1": id, "Tag.1.Key": key, "Tag.1.Value": value });
  }
  return ids;
}

async function call(endpoint, region, parameters) {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/ec2/aws4_request, SignedHeaders=host, Signature=none`,
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ Version: "2016-11-15", ...parameters }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${parameters.Action} answers ${answer.status}: ${text.slice(0, 200)}`);
  }
  return text;
}
