/** The query that the page opens with, and that the start of the server shows. Asks about the demo cluster. */
export const FIRST_QUERY = `{
  snapshot(ref: { latestOf: { cluster: "demo" } }) {
    whoCanReach(target: { workload: { namespace: "shop", name: "cart" } }) {
      nodes {
        source { displayName }
        traffic { text }
      }
    }
  }
}`;
