import { type Analysis, type PublishedService, PublishedServices } from '@portolan/engine';
import type { ClusterProfile } from '@portolan/model';
import { profilePods } from './profile-pods.js';

/** Which workloads are meant to be reached from outside the cluster. */
export class Publishing {
  #services: ReadonlyMap<number, readonly PublishedService[]> | null = null;
  #controllers: ReadonlySet<number> | null = null;

  constructor(
    private readonly analysis: Analysis,
    private readonly profile: ClusterProfile,
  ) {}

  /** The Services that lead from outside to a workload, by themselves or behind a route. */
  servicesOf(workload: number): readonly PublishedService[] {
    return (this.#services ??= this.#findServices()).get(workload) ?? [];
  }

  /** Whether pods of a workload take requests from outside for others. */
  isIngressController(workload: number): boolean {
    return (this.#controllers ??= this.#findControllers()).has(workload);
  }

  /** Whether somebody published a workload, or it publishes others. */
  isPublished(workload: number): boolean {
    return this.servicesOf(workload).length > 0 || this.isIngressController(workload);
  }

  #findServices(): Map<number, readonly PublishedService[]> {
    const published = new PublishedServices(this.analysis);
    const found = new Map<number, readonly PublishedService[]>();
    for (let workload = 0; workload < this.analysis.view.workloadCount; workload++) {
      const services = published.ofWorkload(workload);
      if (services.length > 0) found.set(workload, services);
    }
    return found;
  }

  #findControllers(): Set<number> {
    const { podWorkload } = this.analysis.index.pods;
    const pods = this.profile.ingressControllers.flatMap((one) => profilePods(this.analysis, one));
    return new Set(pods.map((pod) => podWorkload[pod]!));
  }
}
