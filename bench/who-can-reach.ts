/** What is asked of a warm server: the first 100 rows. Variables: snapshot, namespace, name of the workload. */
export const WHO_CAN_REACH = `query ($snapshot: ID!, $namespace: String!, $name: String!) {
  snapshot(ref: { id: $snapshot }) {
    whoCanReach(target: { workload: { namespace: $namespace, name: $name } }, first: 100) {
      totalCount
      nodes { source { __typename displayName } traffic { text } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
